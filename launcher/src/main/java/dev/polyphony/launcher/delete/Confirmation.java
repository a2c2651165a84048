package dev.polyphony.launcher.delete;

import dev.polyphony.launcher.LauncherMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;

/** Asks whoever sits at the terminal. */
@FunctionalInterface
interface Confirmation {

    /** Set by the command's script when its input is a terminal. */
    String TERMINAL = "polyphony.terminal";

    /** At this process's terminal; refuses where there is none. */
    Confirmation AT_TERMINAL = question -> {
        if (!Boolean.getBoolean(TERMINAL)) {
            throw new LauncherMistake("nobody can be asked here: --yes says that this may be deleted");
        }
        System.out.print(question + " [y/N] ");
        System.out.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer", e);
        }
    };

    /** Whether the answer is yes. */
    boolean confirm(String question);
}
