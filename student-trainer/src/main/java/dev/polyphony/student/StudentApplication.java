package dev.polyphony.student;

import dev.polyphony.streaming.service.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The student-trainer process. */
@SpringBootApplication
public class StudentApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        ServiceMain.run(StudentApplication.class, "student-trainer", arguments);
    }
}
