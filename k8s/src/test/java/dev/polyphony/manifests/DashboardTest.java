package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polyphony.streaming.meters.EvaluatorMeter;
import dev.polyphony.streaming.meters.MeterSpec;
import dev.polyphony.streaming.meters.NamedMeter;
import dev.polyphony.streaming.meters.PerturbMeter;
import dev.polyphony.streaming.meters.StreamMeter;
import dev.polyphony.streaming.meters.StudentMeter;
import dev.polyphony.streaming.meters.TeacherMeter;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboards are laid out for people, and name only what services tell. */
class DashboardTest {

    private static final Pattern METRIC = Pattern.compile("\\bpolyphony_[a-z_]+");

    private static Stream<Dashboard> all() throws IOException {
        return Dashboard.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPanel_saysWhatItShows_andInWhichUnit(Dashboard dashboard) {
        dashboard.panels().forEach(panel -> {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isNotBlank();
            assertThat(panel.path("targets")).as(title).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void panels_doNotOverlap_andFitTheScreen(Dashboard dashboard) {
        Set<String> taken = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.json().path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as("ids differ").isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell =
                            place.path("x").asInt() + x + "," + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as(panel.path("title").asText() + " overlaps")
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyMetric_isOneThatServicesTell(Dashboard dashboard) {
        Set<String> known = metrics();
        dashboard.queries().forEach(query -> assertThat(
                        METRIC.matcher(query.expression()).results().map(MatchResult::group))
                .as(query.panel())
                .allMatch(known::contains));
    }

    @ParameterizedTest
    @MethodSource("all")
    void links_leadToTheOthers(Dashboard dashboard) throws IOException {
        List<String> uids = Dashboard.all().stream()
                .map(other -> "/d/" + other.json().path("uid").asText())
                .toList();
        assertThat(dashboard.json().path("links"))
                .extracting(link -> link.path("url").asText())
                .containsExactlyElementsOf(uids);
    }

    static Set<String> metrics() {
        return Stream.<NamedMeter[]>of(
                        StreamMeter.values(),
                        PerturbMeter.values(),
                        TeacherMeter.values(),
                        StudentMeter.values(),
                        EvaluatorMeter.values())
                .flatMap(Stream::of)
                .map(NamedMeter::spec)
                .flatMap(spec -> spec.kind() == MeterSpec.Kind.TIMER
                        ? Stream.of("_bucket", "_count", "_sum", "_max").map(suffix -> spec.prometheus() + suffix)
                        : Stream.of(spec.prometheus()))
                .collect(Collectors.toSet());
    }
}
