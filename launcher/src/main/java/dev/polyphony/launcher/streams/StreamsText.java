package dev.polyphony.launcher.streams;

import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.text.Bytes;
import dev.polyphony.launcher.text.TextTable;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Streams for people: a table, and what each of them is below it. */
final class StreamsText {

    private final List<StreamEntry> entries;

    StreamsText(List<StreamEntry> entries) {
        this.entries = entries;
    }

    /** All lines, each ended. */
    @Override
    public String toString() {
        TextTable table = new TextTable("stream", "state", "steps", "planned", "size", "students");
        entries.forEach(entry -> table.row(
                entry.streamId(),
                entry.state().words(),
                Long.toString(entry.steps()),
                entry.planned() == 0 ? "-" : Long.toString(entry.planned()),
                Bytes.text(entry.bytes()),
                Integer.toString(entry.students().size())));
        StringBuilder text = new StringBuilder(table.toString());
        entries.forEach(entry -> describe(entry, text));
        return text.toString();
    }

    private static void describe(StreamEntry entry, StringBuilder text) {
        text.append(System.lineSeparator())
                .append("stream ")
                .append(entry.streamId())
                .append(System.lineSeparator());
        StreamParts parts = entry.parts();
        if (parts == null) {
            line(text, "recipe", "not known here; the next run of it keeps it");
        } else {
            line(text, "dataset", parts.datasetId() + "  " + keys(parts.dataset()));
            line(text, "ensemble", parts.ensembleId() + "  " + keys(parts.ensemble()));
            line(text, "stream", keys(parts.stream()));
        }
        entry.students()
                .forEach(student -> line(
                        text,
                        "student",
                        "run " + student.runId()
                                + (student.recipe().isEmpty() ? "" : " of recipe " + student.recipe()) + ", "
                                + student.state().words()));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .append(" ".repeat(10 - name.length()))
                .append(value)
                .append(System.lineSeparator());
    }

    private static String keys(Map<String, Object> part) {
        StringJoiner keys = new StringJoiner(", ");
        part.forEach((key, value) -> keys.add(key + ": " + value));
        return keys.toString();
    }
}
