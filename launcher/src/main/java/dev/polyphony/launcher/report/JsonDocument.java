package dev.polyphony.launcher.report;

import dev.polyphony.launcher.LauncherMistake;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON that another process, or an earlier version, has written. */
public final class JsonDocument {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonDocument() {}

    /**
     * What a text of a file holds.
     *
     * @throws LauncherMistake naming the file, if it is not what it should be
     */
    public static <T> T parse(Path file, String text, Class<T> type) {
        T found;
        try {
            found = JSON.readValue(text, type);
        } catch (JacksonException damaged) {
            throw new LauncherMistake(file + " is damaged: "
                    + damaged.getOriginalMessage().lines().findFirst().orElse("it cannot be read"));
        }
        if (found == null) {
            throw new LauncherMistake(file + " is damaged: it holds nothing");
        }
        return found;
    }
}
