package dev.polyphony.launcher.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The end of a child's log, to show when it dies. */
final class LastLines {

    private static final int KEPT = 30;
    private static final Pattern MESSAGE = Pattern.compile("[a-z][a-z0-9-]*: .*");

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /** The message with which a program ends for a user's mistake: {@code program: what is wrong}, to the end. */
    List<String> message() {
        List<String> all = all();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (MESSAGE.matcher(all.get(i)).matches()) {
                return new ArrayList<>(all.subList(i, all.size()));
            }
        }
        return all;
    }
}
