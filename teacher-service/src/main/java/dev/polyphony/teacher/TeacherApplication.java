package dev.polyphony.teacher;

import dev.polyphony.streaming.service.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The teacher-service process. */
@SpringBootApplication
public class TeacherApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        ServiceMain.run(TeacherApplication.class, "teacher-service", arguments);
    }
}
