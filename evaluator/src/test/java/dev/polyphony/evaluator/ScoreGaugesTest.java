package dev.polyphony.evaluator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What Prometheus is told is what the evaluation document says. */
class ScoreGaugesTest {

    private static final Map<String, Function<SplitScores, Double>> OF_ALL = Map.ofEntries(
            Map.entry("accuracy", scores -> scores.standard().accuracy()),
            Map.entry("nll", scores -> scores.standard().nll()),
            Map.entry("brier", scores -> scores.standard().brier()),
            Map.entry("ece", scores -> scores.standard().ece()),
            Map.entry("mean_kld", SplitScores::meanKld),
            Map.entry("disagreement", SplitScores::disagreement),
            Map.entry("mutual_information", SplitScores::mutualInformation),
            Map.entry("dee", SplitScores::dee));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScoreGauges gauges = new ScoreGauges(registry);

    @Test
    void everyScore_isShown_byRunSplitMemberAndMetric() {
        SortedMap<String, SplitScores> splits = Samples.scores();
        gauges.show("a1", 94, splits);
        splits.forEach((split, scores) -> {
            OF_ALL.forEach((metric, value) ->
                    assertThat(shown(split, "ensemble", metric)).as(metric).isEqualTo(value.apply(scores)));
            for (int member = 0; member < 2; member++) {
                assertThat(shown(split, Integer.toString(member), "nll"))
                        .isEqualTo(scores.perMember().get(member).nll());
            }
        });
        SplitScores test = requireNonNull(splits.get("test"));
        assertThat(shown("test", "ensemble", "calibrated_nll"))
                .isEqualTo(requireNonNull(test.calibrated()).nll());
        assertThat(shown("test", "0", "calibrated_ece"))
                .isEqualTo(test.perMemberCalibrated().get(0).ece());
        assertThat(shown("validation", "ensemble", "calibrated_dee")).isEqualTo(2.5);
        assertThat(registry.get("polyphony.evaluated.step")
                        .tag("run", "a1")
                        .gauge()
                        .value())
                .isEqualTo(94);
    }

    @Test
    void aLaterCheckpoint_takesThePlaceOfTheEarlier_withoutNewGauges() {
        gauges.show("a1", 47, Samples.scores());
        List<Meter> before = registry.getMeters();
        gauges.show("a1", 94, Samples.scores());
        assertThat(registry.getMeters()).hasSameSizeAs(before);
        assertThat(registry.get("polyphony.evaluated.step").gauge().value()).isEqualTo(94);
    }

    private double shown(String split, String member, String metric) {
        Gauge gauge = registry.get("polyphony.score")
                .tags("run", "a1", "split", split, "member", member, "metric", metric)
                .gauge();
        return gauge.value();
    }
}
