package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.StreamPart.Perturbation;
import dev.polyphony.experiment.StudentPart.Selection;
import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.launcher.report.StreamSamples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The page of a run. */
final class ReportPage {

    private final Experiment experiment;
    private final RunFacts facts;
    private final ResultTable table;
    private final @Nullable StreamSamples samples;

    ReportPage(Experiment experiment, RunFacts facts, ResultTable table, @Nullable StreamSamples samples) {
        this.experiment = experiment;
        this.facts = facts;
        this.table = table;
        this.samples = samples;
    }

    String toHtml() {
        return fill(
                Library.own("report.html"),
                Map.ofEntries(
                        Map.entry("title", Html.escape(experiment.recipe().name())),
                        Map.entry("style", Library.own("report.css")),
                        Map.entry("headline", headline()),
                        Map.entry("table", table()),
                        Map.entry("more", new MoreScores(facts).toHtml()),
                        Map.entry("shift", new ShiftSection(facts).toHtml()),
                        Map.entry("images", samples == null ? "" : strip(samples)),
                        Map.entry("stages", stages()),
                        Map.entry("provenance", new ProvenanceSection(experiment, facts).toHtml()),
                        Map.entry(
                                "data",
                                ChartData.of(facts, samples, perturbation()).toJson()),
                        Map.entry("echarts", Library.echarts()),
                        Map.entry("script", Library.own("report.js"))));
    }

    /** One pass, so that nothing that was put in is looked through for names again. */
    private static String fill(String template, Map<String, String> values) {
        StringBuilder page = new StringBuilder();
        int from = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
            int close = template.indexOf("}}", open);
            String value = values.get(template.substring(open + 2, close));
            if (value == null) {
                throw new IllegalStateException("the page's template names " + template.substring(open, close + 2));
            }
            page.append(template, from, open).append(value);
            from = close + 2;
        }
        return page.append(template.substring(from)).toString();
    }

    private String perturbation() {
        Perturbation kind = experiment.recipe().stream().perturbation();
        return switch (kind) {
            case NONE -> "not perturbed";
            case GAUSSIAN -> "Gaussian noise";
            case ODS -> "ODS";
            case CONFODS -> "ConfODS";
            case ADVERSARIAL -> "adversarial";
        };
    }

    private String headline() {
        Evaluation teachers = facts.ensemble();
        Split ensemble = teachers == null ? null : teachers.reported();
        Split student = facts.student().reported();
        Html html = new Html();
        html.element("h1", experiment.recipe().name());
        html.open("p", "headline")
                .raw((student.members() == 1
                                ? "One network reaches <strong>"
                                : "One network with " + student.members() + " subnetworks reaches <strong>")
                        + percent(student.standard().accuracy()) + "</strong> accuracy; " + reached(ensemble))
                .close("p");
        html.open("dl", "facts");
        fact(html, "negative log-likelihood", pair(student, ensemble, split -> split.standard()
                .nll()));
        fact(html, "expected calibration error", pair(student, ensemble, split -> split.standard()
                .ece()));
        Double dee = student.dee();
        if (dee != null && ensemble != null) {
            fact(html, "worth an ensemble of", teachers(dee, ensemble.members()));
        }
        fact(html, "mean-KLD of its parts", pair(student, ensemble, Split::meanKld));
        html.close("dl");
        html.element(
                "p",
                "note",
                String.format(
                        Locale.ROOT,
                        "%s, on %d %s images. The student is that of epoch %d of %d, %s most accurate on"
                                + " the validation split.",
                        ensemble == null ? "Student" : "Student / teacher ensemble",
                        student.samples(),
                        facts.student().reportedSplit(),
                        facts.summary().selectedEpoch(),
                        experiment.recipe().stream().epochs(),
                        student.members() > 1
                                ? chosen(experiment.recipe().student().selection())
                                : "which was"));
        return html.toString();
    }

    /** As markup. */
    private String reached(@Nullable Split ensemble) {
        if (ensemble == null) {
            return Html.escape("ensemble " + experiment.identities().ensembleId()
                    + " is not in the model store any more, so that its scores, and those measured against it, are not"
                    + " to be had.");
        }
        return (ensemble.members() == 1 ? "its teacher" : "the ensemble of " + ensemble.members() + " teachers")
                + " reaches <strong>" + percent(ensemble.standard().accuracy()) + "</strong>.";
    }

    private static String chosen(Selection selection) {
        return switch (selection) {
            case SUBNETWORKS -> "whose subnetworks were";
            case ENSEMBLE -> "whose mean prediction was";
        };
    }

    private static void fact(Html html, String name, String value) {
        html.open("div", "").element("dt", name).element("dd", value).close("div");
    }

    /** Equivalents are known between one teacher and all of them only. */
    private static String teachers(double dee, int most) {
        if (dee <= 1) {
            return "at most 1 teacher";
        }
        return dee >= most ? "at least " + most + " teachers" : String.format(Locale.ROOT, "%.2f teachers", dee);
    }

    /** As markup. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f&nbsp;%%", 100 * share);
    }

    private static String pair(Split student, @Nullable Split ensemble, ToDoubleFunction<Split> score) {
        String own = String.format(Locale.ROOT, "%.3f", score.applyAsDouble(student));
        return ensemble == null ? own : own + String.format(Locale.ROOT, " / %.3f", score.applyAsDouble(ensemble));
    }

    private String table() {
        Html html = new Html().open("table", "scores").raw("<thead>");
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(ResultTable.HEADINGS);
        html.row("", "th", heads).raw("</thead><tbody>");
        for (ResultTable.Row row : table.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.name()));
            cells.addAll(row.cells());
            html.row(row.whole() ? "whole" : "part", "td", cells);
        }
        return html.raw("</tbody>").close("table").toString();
    }

    private String strip(StreamSamples found) {
        ImageStrip strip = new ImageStrip(found.images());
        boolean perturbed = experiment.recipe().stream().perturbation() != Perturbation.NONE;
        Html html = new Html().open("section", "").element("h2", "Images of the stream");
        html.open("table", "strip");
        pictures(html, "clean", found.images(), strip::clean);
        if (perturbed) {
            pictures(html, perturbation(), found.images(), strip::perturbed);
            String difference = String.format(Locale.ROOT, "difference × %.0f", strip.amplification());
            pictures(html, difference, found.images(), strip::difference);
        }
        List<String> labels = new ArrayList<>(List.of(""));
        found.images()
                .forEach(image -> labels.add(experiment.dataset().classNames().get(image.label())));
        return html.row("labels", "td", labels).close("table").close("section").toString();
    }

    private static void pictures(Html html, String name, List<Sample> images, Function<Sample, String> picture) {
        html.open("tr", "").element("th", name);
        for (int i = 0; i < images.size(); i++) {
            html.open("td", "")
                    .picture(picture.apply(images.get(i)), name + ", image " + i)
                    .close("td");
        }
        html.close("tr");
    }

    private String stages() {
        if (facts.stages().isEmpty()) {
            return "";
        }
        Html html = new Html().open("section", "").element("h2", "Speed").open("table", "stages");
        html.row("", "th", List.of("stage", "images", "seconds", "images/s"));
        for (RunFacts.Stage stage : facts.stages()) {
            html.row(
                    "",
                    "td",
                    List.of(
                            stage.stage(),
                            String.format(Locale.ROOT, "%,d", stage.images()),
                            String.format(Locale.ROOT, "%.1f", stage.seconds()),
                            String.format(Locale.ROOT, "%,.0f", stage.imagesPerSecond())));
        }
        html.close("table");
        html.element("p", "note", "What each stage's last process did, waiting for other stages included.");
        return html.close("section").toString();
    }
}
