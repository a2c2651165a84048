package dev.polyphony.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaultTableTest {

    private static final List<Occurrence> FAULTS = List.of(
            new Occurrence("kill", 1, 4, 0, 9, "dead"),
            new Occurrence("cut", 8, 10, 10, 19, "cut"),
            new Occurrence("kill", 20, 5, 20, 29, "dead"),
            new Occurrence("kill", 30, 9, 30, 39, "dead"));

    @Test
    void rows_haveMedianAndMaximum_byFaultAndOfAll() {
        FaultTable table = new FaultTable(outcome(List.of(), List.of(), true));

        assertThat(table.rows())
                .containsExactly(
                        new FaultTable.Row("cut", 1, 0, 0, 10, 10),
                        new FaultTable.Row("kill", 3, 0, 0, 5, 9),
                        new FaultTable.Row("all", 4, 0, 0, 7, 10));
    }

    @Test
    void rows_giveLossesToTheFaultsDuringWhichTheyHappened() {
        FaultTable table = new FaultTable(outcome(List.of(12L, 99L), List.of(35L), false));

        assertThat(table.rows())
                .containsExactly(
                        new FaultTable.Row("cut", 1, 1, 0, 10, 10),
                        new FaultTable.Row("kill", 3, 0, 1, 5, 9),
                        new FaultTable.Row("all", 4, 2, 1, 7, 10));
        assertThat(table.markdown()).contains("| cut | 1 | 1 | 0 | no | 10.0 s | 10.0 s |");
    }

    @Test
    void write_makesMarkdownAndJson(@TempDir Path directory) throws Exception {
        new FaultTable(outcome(List.of(), List.of(), true)).write(directory, 42);

        assertThat(directory.resolve("scenario.md")).content().contains("| kill | 3 | 0 | 0 | yes | 5.0 s | 9.0 s |");
        JsonNode json = JsonMapper.builder().build().readTree(Files.readAllBytes(directory.resolve("scenario.json")));
        assertThat(json.path("seed").asLong()).isEqualTo(42);
        assertThat(json.path("outcome").path("faults").size()).isEqualTo(4);
        assertThat(json.path("rows").path(1).path("maximumSeconds").asDouble()).isEqualTo(9);
    }

    private static Outcome outcome(List<Long> lost, List<Long> duplicated, boolean identical) {
        return new Outcome(
                "scenario",
                100,
                FAULTS,
                5,
                new Ledger(new TreeSet<>(lost), new TreeSet<>(duplicated)),
                true,
                identical,
                60);
    }
}
