package dev.polyphony.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.OutOfDistribution;
import dev.polyphony.scoring.statistics.Histogram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReportTest {

    @TempDir
    private Path directory = Path.of("");

    private WorkDirectory work = new WorkDirectory(Path.of(""));

    @BeforeEach
    void layOut() {
        work = new WorkDirectory(directory);
    }

    @Test
    void table_hasTheSelectedStudentBesideItsTeachers() throws Exception {
        Report report = Report.of(work, FinishedRun.layOut(work));

        assertThat(report.table().rows())
                .extracting(ResultTable.Row::name)
                .startsWith("teacher ensemble", "member 0")
                .contains("student", "subnetwork 3")
                .hasSize(10);
        assertThat(report.table().text())
                .containsPattern(
                        "teacher ensemble +0\\.8895 +0\\.3180 +0\\.1614 +0\\.0165 +0\\.3169 +0\\.0109 +4\\.00 ")
                .containsPattern("student +0\\.8820 +0\\.3599 +0\\.1818 +0\\.0301 .* 1\\.58 ")
                .containsPattern("subnetwork 0 .* -  +-\\R");
    }

    @Test
    void withoutTheEnsemble_theStudentStandsAlone_andTheReportSaysSo() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        String ensemble = experiment.identities().ensembleId();
        assertThat(Report.of(work, experiment).lacking()).isEmpty();
        Files.delete(work.store().resolve("ensembles/" + ensemble + "/evaluation.json"));

        Report report = Report.of(work, experiment);
        assertThat(report.table().rows())
                .hasSize(5)
                .extracting(ResultTable.Row::name)
                .startsWith("student");
        assertThat(report.lacking()).hasValueSatisfying(text -> assertThat(text)
                .startsWith("ensemble " + ensemble + " is not in the model store"));
        assertThat(Files.readString(report.write(Optional.empty())))
                .contains("ensemble " + ensemble + " is not in the model store any more")
                .contains("\"teachers\":null")
                .doesNotContain("teacher ensemble</td>");
    }

    @Test
    void offsetsRead_areNamedByTopicAndPartition() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        Report report = Report.of(work, experiment);
        String minibatches = "polyphony." + experiment.identities().streamId() + ".minibatches";
        assertThat(report.offsetsRead().topics()).containsKey(minibatches).hasSize(2);
        assertThat(report.offsetsRead().topics().get(minibatches)).isNotEmpty().allSatisfy(text -> assertThat(text)
                .matches("partition \\d+: offsets 0\\.\\.\\d+"));
        assertThat(Files.readString(report.write(Optional.empty())))
                .contains("read of " + minibatches)
                .contains("over every record learned from", "8d1f0b6c52e94c1b7d1f6a9a2f3e4c5d6b7a8990a1b2c3d4");
    }

    @Test
    void page_showsOtherImages_whereTheyWereScored() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        Report.of(work, experiment).write(Optional.empty());
        assertThat(Files.readString(Report.of(work, experiment).file())).doesNotContain("Other images");

        Shift.Cell fog =
                new Shift.Cell("fog", 1, new Scores(0.71, 0.92, 0.43, 0.14), new Scores(0.71, 0.85, 0.42, 0.06));
        Shift.Cell snow =
                new Shift.Cell("snow", 1, new Scores(0.61, 1.12, 0.53, 0.24), new Scores(0.61, 1.05, 0.52, 0.16));
        OutOfDistribution rotated = new OutOfDistribution(
                0.3,
                1.25,
                0.875,
                0.81,
                0.82,
                0.41,
                0.42,
                new Histogram(0, 1, List.of(1L)),
                new Histogram(0, 1, List.of(2L)));
        Shift shift = new Shift("", new Shift.Corruptions("local", List.of(fog, snow)), Map.of("rotated", rotated));
        byte[] json = JsonMapper.shared().writeValueAsBytes(shift);
        Files.write(work.run(experiment.identities().runId(), Shift.FILE), json);
        Files.write(
                work.store()
                        .resolve("ensembles")
                        .resolve(experiment.identities().ensembleId())
                        .resolve(Shift.FILE),
                json);

        assertThat(Files.readString(Report.of(work, experiment).write(Optional.empty())))
                .contains(
                        "Other images", "<td>severity 1</td>", "<td>0.6600</td>", "<td>1.0200</td>", "<td>0.9500</td>")
                .contains("Means over 2 corruptions (local)", "rotated, student", "<td>0.8750</td>");
    }

    @Test
    void page_needsNothingElse() throws Exception {
        Path file = Report.of(work, FinishedRun.layOut(work)).write(Optional.empty());

        String page = Files.readString(file);
        assertThat(file).isEqualTo(Report.of(work, FinishedRun.layOut(work)).file());
        assertThat(page)
                .contains("88.20&nbsp;%", "88.95&nbsp;%", "1.58 teachers", "echarts")
                .doesNotContain("{{", "{{title}}");
        assertThat(page.replaceAll("(?s)<script>.*?</script>", ""))
                .doesNotContain("src=\"http", "href=\"http", "url(http", "@import");
    }

    @Test
    void page_saysHowTheStudentWasChosen() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        assertThat(Files.readString(Report.of(work, experiment).write(Optional.empty())))
                .contains(
                        "One network with 4 subnetworks reaches",
                        "whose subnetworks were most accurate on the validation");

        Map<String, Object> student =
                JsonMapper.shared().convertValue(experiment.recipe().student(), new TypeReference<>() {});
        student.put("selection", "ENSEMBLE");
        Recipe recipe = new Recipe(
                "chosen",
                experiment.recipe().dataset(),
                experiment.recipe().ensemble(),
                experiment.recipe().stream(),
                JsonMapper.shared().convertValue(student, StudentPart.class),
                experiment.recipe().evaluation());
        Experiment chosen = new Experiment(recipe, experiment.dataset(), experiment.identities());
        assertThat(Files.readString(Report.of(work, chosen).write(Optional.empty())))
                .contains("whose mean prediction was most accurate on the validation split");
    }

    @Test
    void page_ofASingleNetwork_speaksOfNoSubnetworks() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        change(student(experiment), split -> split.put("members", 1));

        assertThat(Files.readString(Report.of(work, experiment).write(Optional.empty())))
                .contains("One network reaches <strong>88.20", "of 2, which was most accurate on the validation split")
                .doesNotContain("subnetworks reaches", "whose subnetworks");
    }

    @Test
    void page_showsMoreScores_whereTheyWereMeasured() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        assertThat(Files.readString(Report.of(work, experiment).write(Optional.empty())))
                .doesNotContain("More scores");

        Path ensemble = work.store()
                .resolve("ensembles")
                .resolve(experiment.identities().ensembleId())
                .resolve("evaluation.json");
        change(ensemble, split -> {
            split.put("riskCoverageArea", 0.0321).put("mutualInformation", 0.0654);
            split.putObject("calibrationErrors")
                    .put("expected", 0.01)
                    .put("adaptive", 0.0171)
                    .put("classwise", 0.0081);
        });
        change(student(experiment), split -> {
            split.put("riskCoverageArea", 0.0432).put("riskCoverageAreaCalibrated", 0.0433);
            split.putObject("calibrationErrors")
                    .put("expected", 0.01)
                    .put("adaptive", 0.0291)
                    .put("classwise", 0.0092);
            split.putObject("calibrationErrorsCalibrated")
                    .put("expected", 0.01)
                    .put("adaptive", 0.0192)
                    .put("classwise", 0.0093);
        });
        String page = Files.readString(Report.of(work, experiment).write(Optional.empty()))
                .replace("\n", "");

        assertThat(page)
                .containsPattern(
                        "<td>teacher ensemble</td><td>0.0171</td><td>0.0081</td><td>0.0321</td><td>0.0654</td>")
                .contains("<td>student</td><td>0.0291</td><td>0.0092</td><td>0.0432</td><td>-</td><td>0.0739</td>")
                .contains("<td>calibrated</td><td>0.0192</td><td>0.0093</td><td>0.0433</td><td>-</td><td>-</td>")
                .containsOnlyOnce("<td>calibrated</td>");
    }

    /** The scores of the selected student. */
    private Path student(Experiment experiment) {
        return work.run(experiment.identities().runId(), "evaluations/step-00000517.json");
    }

    private static void change(Path file, Consumer<ObjectNode> change) throws Exception {
        ObjectNode document = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
        change.accept((ObjectNode) document.at("/splits/test"));
        Files.writeString(file, document.toString());
    }

    @Test
    void page_escapesWhatItIsTold() throws Exception {
        String page = Files.readString(Report.of(work, FinishedRun.layOut(work)).write(Optional.empty()));

        assertThat(page).contains("a &lt;fast&gt; processor").doesNotContain("<fast>");
    }

    @Test
    void page_showsImagesOfTheStreamIfThereAreAny() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        StreamSamples.Sample image =
                new StreamSamples.Sample(0, 1, 1, 2, new byte[] {0, (byte) 255}, new float[] {.01f, -.01f});
        List<Diversity.Bin> bins = Objects.requireNonNull(RunFacts.read(
                                work.store(),
                                experiment.identities().ensembleId(),
                                experiment.identities().runId())
                        .ensemble())
                .reported()
                .diversityBins();

        String without = Files.readString(Report.of(work, experiment).write(Optional.empty()));
        String with = Files.readString(
                Report.of(work, experiment).write(Optional.of(new StreamSamples(1, .5, bins, List.of(image)))));

        assertThat(without).doesNotContain("data:image/png;base64,", "Images of the stream");
        assertThat(with)
                .contains(
                        "data:image/png;base64,",
                        experiment.dataset().classNames().get(0),
                        "difference × 50");
        assertThat(data(without).get("diversity")).hasSize(2);
        assertThat(data(with).get("diversity")).hasSize(3);
    }

    @Test
    void page_writtenWithoutABroker_showsWhatWasReadBefore() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        Report report = Report.of(work, experiment);
        StreamSamples.Sample image =
                new StreamSamples.Sample(0, 1, 1, 2, new byte[] {0, (byte) 255}, new float[] {.01f, -.01f});
        StreamSamples samples =
                new StreamSamples(1, .5, List.of(new Diversity.Bin(0, 1, 1, 1, 1, 1, 1, 1, 1)), List.of(image));
        String expected = Files.readString(report.write(Optional.of(samples)));

        report.samples().keep(samples);

        assertThat(report.write((Cluster) null)).hasContent(expected);
    }

    @Test
    void charts_getEveryCheckpointAndBothDiagrams() throws Exception {
        JsonNode data =
                data(Files.readString(Report.of(work, FinishedRun.layOut(work)).write(Optional.empty())));

        assertThat(data.get("epochs")).hasSize(4);
        assertThat(data.get("split").asString()).isEqualTo("validation");
        assertThat(data.get("selectedEpoch").asInt()).isEqualTo(11);
        assertThat(data.get("curves")).hasSize(15);
        assertThat(data.get("reliability")).hasSize(2);
        assertThat(data.at("/reliability/0/student")).hasSize(15);
    }

    @Test
    void unfinishedRun_isNamedByTheFileThatIsMissing() throws Exception {
        Experiment experiment = FinishedRun.layOut(work);
        Path summary = work.run(experiment.identities().runId(), "summary.json");
        Files.delete(summary);

        assertThatThrownBy(() -> Report.of(work, experiment)).hasMessageContaining(summary.toString());
    }

    private static JsonNode data(String page) {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return new JsonMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }
}
