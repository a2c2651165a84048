package dev.polyphony.models.engine;

import ai.djl.pytorch.jni.JniUtils;

/** How many threads the engine splits one operation over. It counts for each calling thread on its own. */
final class Parallelism {

    private Parallelism() {}

    /** Threads that operations called from this thread are split over. */
    static int threads() {
        return JniUtils.getNumThreads();
    }

    /**
     * From now on operations called from this thread, and from threads that have called none yet, are split over this
     * many.
     *
     * @param threads at least 1
     */
    static void setThreads(int threads) {
        // Asking once sets a thread up; else its first operation did, and forgot what is set here.
        JniUtils.getNumThreads();
        JniUtils.setNumThreads(threads);
    }
}
