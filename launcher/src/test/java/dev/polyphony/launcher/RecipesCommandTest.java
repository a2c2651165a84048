package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.RecipeCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecipesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void recipes_listsEachWithItsPurpose() {
        assertThat(execute("recipes")).isZero();

        assertThat(out.toString().lines()).hasSameSizeAs(RecipeCatalogue.names());
        assertThat(out.toString()).contains("tiny ", RecipeCatalogue.description("fashion-mnist"));
    }

    @Test
    void show_printsARecipeThatCheckAccepts(@TempDir Path directory) throws Exception {
        assertThat(execute("recipes", "show", "tiny")).isZero();
        Path copy = Files.writeString(directory.resolve("mine.yaml"), out.toString());

        assertThat(execute("recipes", "check", copy.toString())).isZero();
        assertThat(out.toString()).endsWith("recipe mine can be used\n");
    }

    @Test
    void check_saysAllMistakesWithTheirLines(@TempDir Path directory) throws Exception {
        String wrong = RecipeCatalogue.yaml("tiny") + "\ncolour: red\nsmell: sweet\n";
        Path file = Files.writeString(directory.resolve("wrong.yaml"), wrong);

        assertThat(execute("recipes", "check", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith(file + ": line "))
                .anyMatch(line -> line.contains("colour"))
                .anyMatch(line -> line.contains("smell"));
    }

    @Test
    void unknownRecipe_isAMistakeWithoutATrace() {
        assertThat(execute("recipes", "show", "tiney")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean tiny?").doesNotContain("\tat ");
    }

    @Test
    void debug_showsWhereAnErrorArose() {
        assertThat(execute("--debug", "recipes", "show", "tiney")).isEqualTo(2);
        assertThat(err.toString()).contains("\tat dev.polyphony.");
    }

    @Test
    void noCommand_isAMistake() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("which command?", "Usage: polyphony");
    }

    @Test
    void help_isEverywhere() {
        assertThat(execute("--help")).isZero();
        assertThat(execute("recipes", "--help")).isZero();
        assertThat(execute("recipes", "check", "--help")).isZero();
        assertThat(out.toString()).contains("recipes", "FILE");
    }

    private int execute(String... arguments) {
        CommandLine line = Polyphony.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
