package dev.polyphony.launcher.process;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a child says of its work, in a line of its standard output: {@code progress {"stage":"perturb","done":12,...}}.
 *
 * @param stage what is done
 * @param done steps done in all, also by earlier processes
 * @param total steps in all
 * @param images images done by this process
 * @param seconds time since this process began with the stage
 */
public record Progress(String stage, long done, long total, long images, double seconds) {

    private static final String MARK = "progress {";
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a line of output; empty if it is not a whole progress line, and so belongs in the log. */
    public static Optional<Progress> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(line.substring(MARK.length() - 1));
            JsonNode stage = json.path("stage");
            JsonNode total = json.path("total");
            if (!stage.isString() || !total.isIntegralNumber()) {
                return Optional.empty();
            }
            return Optional.of(new Progress(
                    stage.stringValue(),
                    json.path("done").asLong(0),
                    total.longValue(),
                    json.path("images").asLong(0),
                    json.path("seconds").asDouble(0)));
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }

    /** Images per second of this process; 0 before there is anything to divide. */
    public double rate() {
        return seconds > 0 ? images / seconds : 0;
    }

    /** Whether nothing is left to do. */
    public boolean complete() {
        return done >= total;
    }
}
