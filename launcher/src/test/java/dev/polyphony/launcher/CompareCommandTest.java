package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes are found before anything is run. */
class CompareCommandTest {

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path work;

    @Test
    void aMistakeInTheLastRecipe_stopsBeforeTheFirst() {
        assertThat(execute("tiny", "tiney")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean tiny?").doesNotContain("\tat ");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void impossibleNumbersOfSeeds_areMistakes() {
        assertThat(execute("tiny", "--seeds", "0")).isEqualTo(2);
        assertThat(execute("tiny", "--seeds", "101")).isEqualTo(2);
        assertThat(execute("tiny", "--seeds", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds takes a number from 1 to 100, not 0", "not 101", "many");
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "compare";
        all[1] = "--work";
        all[2] = work.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Polyphony.commandLine().setErr(new PrintWriter(err, true)).execute(all);
    }
}
