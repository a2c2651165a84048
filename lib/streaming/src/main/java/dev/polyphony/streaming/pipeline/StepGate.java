package dev.polyphony.streaming.pipeline;

/** Says whether a step may be processed now. Must say yes to all earlier steps where it says yes to one. */
@FunctionalInterface
public interface StepGate {

    /** Lets everything pass. */
    StepGate OPEN = step -> true;

    /** Called often, from the working thread: must not block. */
    boolean mayProcess(long step);
}
