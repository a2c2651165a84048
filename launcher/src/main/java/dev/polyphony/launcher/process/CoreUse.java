package dev.polyphony.launcher.process;

/** How a child stands to others that compute on the same cores. Changes how fast it is, and no result. */
public enum CoreUse {
    /** It has them nearly to itself: its threads may keep cores busy for a moment while they wait for each other. */
    ALONE,
    /** Others need them as much: threads that wait give their core away at once. */
    SHARED,
    /** It takes what the others leave. */
    LEFT_OVER
}
