package dev.polyphony.launcher.process;

/**
 * How the cores are shared out. The student's step is the longest, so its trainer gets a thread per core; the others
 * take what it leaves, one thread each, and members are trained side by side because one thread wastes nothing on
 * synchronisation.
 *
 * @param cores cores to use, at least 1
 */
public record ThreadPlan(int cores) {

    public ThreadPlan {
        if (cores < 1) {
            throw new IllegalArgumentException("needs at least one core, not " + cores);
        }
    }

    /** All cores that this machine gives to Java. */
    public static ThreadPlan ofMachine() {
        return new ThreadPlan(Runtime.getRuntime().availableProcessors());
    }

    /** Threads of the student's training. */
    public int trainer() {
        return cores;
    }

    /** Threads of each other service. */
    public int service() {
        return 1;
    }

    /** Ensemble members trained at the same time, with one thread each. */
    public int membersAtOnce(int missing) {
        return Math.min(cores, missing);
    }
}
