package dev.polyphony.perturb;

import dev.polyphony.streaming.service.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The perturb-service process. */
@SpringBootApplication
public class PerturbApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        ServiceMain.run(PerturbApplication.class, "perturb-service", arguments);
    }
}
