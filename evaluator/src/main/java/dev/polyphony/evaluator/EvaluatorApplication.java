package dev.polyphony.evaluator;

import dev.polyphony.streaming.service.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The evaluator process. */
@SpringBootApplication
public class EvaluatorApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        ServiceMain.run(EvaluatorApplication.class, "evaluator", arguments);
    }
}
