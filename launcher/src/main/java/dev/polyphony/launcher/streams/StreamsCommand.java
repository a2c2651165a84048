package dev.polyphony.launcher.streams;

import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.ClusterOption;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.broker.WorkBroker;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code polyphony streams}: what is recorded. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        description = {
            "List the recorded streams: what determines each, how much of it is there, and the students trained from it.",
            "Starts the work directory's broker for a moment if none runs."
        })
public final class StreamsCommand implements Runnable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private WorkOption work = new WorkOption();

    @Mixin
    private ClusterOption broker = new ClusterOption();

    @Option(names = "--json", description = "Write a JSON list.")
    private boolean json;

    @Override
    public void run() {
        List<StreamEntry> entries = read();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(
                    entries.stream().map(StreamsCommand::tree).toList()));
        } else if (entries.isEmpty()) {
            out.println("no stream has been recorded in the work directory "
                    + work.directory().root());
        } else {
            out.print(new StreamsText(entries));
        }
        out.flush();
    }

    private List<StreamEntry> read() {
        WorkDirectory directory = work.directory();
        Cluster remote = broker.cluster();
        StreamInventory inventory = new StreamInventory(directory);
        if (remote == null && !WorkBroker.exists(directory)) {
            return inventory.read(null);
        }
        try (WorkBroker open = WorkBroker.open(directory, remote)) {
            return inventory.read(open.cluster());
        }
    }

    private static Map<String, Object> tree(StreamEntry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("streamId", entry.streamId());
        tree.put("state", name(entry.state()));
        tree.put("steps", entry.steps());
        tree.put("planned", entry.planned());
        tree.put("bytes", entry.bytes());
        StreamParts parts = entry.parts();
        tree.put("parts", parts == null ? null : JSON.readTree(parts.toJson()));
        List<Map<String, Object>> students = new ArrayList<>();
        for (Student student : entry.students()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("runId", student.runId());
            one.put("recipe", student.recipe());
            one.put("state", name(student.state()));
            students.add(one);
        }
        tree.put("students", students);
        return tree;
    }

    private static String name(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
