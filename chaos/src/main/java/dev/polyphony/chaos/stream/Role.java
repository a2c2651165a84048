package dev.polyphony.chaos.stream;

/** The services, in the order of the flow. */
public enum Role {
    PERTURB("perturb-service"),
    TEACHER("teacher-service"),
    TRAINER("student-trainer"),
    EVALUATOR("evaluator");

    private final String service;

    Role(String service) {
        this.service = service;
    }

    /** What a replica is called in logs and in the list of processes. */
    public String child(int replica) {
        return service + "-" + replica;
    }

    /** Whether several may work at once. */
    public boolean isReplicated() {
        return this == PERTURB || this == TEACHER;
    }
}
