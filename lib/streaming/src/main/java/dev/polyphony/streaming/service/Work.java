package dev.polyphony.streaming.service;

/** What a service process is there for. One thread runs it; its name is the role's. */
public interface Work {

    /** The role, such as {@code perturb}; names the thread. */
    String role();

    /**
     * Works until there is nothing left to do, or {@link #stop} was called.
     *
     * @throws Exception what ends the process with a failure; an orchestrator restarts it
     */
    void run() throws Exception;

    /** Asks {@link #run} to return soon, with nothing half done. Called once, from another thread. */
    void stop();
}
