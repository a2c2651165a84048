package dev.polyphony.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.polyphony.experiment.StudentPart.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StudentChoiceTest {

    /** The mean prediction is best at step 1, the subnetworks at step 2 and again at step 3. */
    private static final List<JsonNode> EVALUATIONS =
            List.of(evaluation(1, 0.9, 0.5, 0.6), evaluation(2, 0.8, 0.6, 0.7), evaluation(3, 0.7, 0.7, 0.6));

    @Test
    void best_isOfTheSubnetworksOnAverage_andTheEarliestOfEquals() {
        assertThat(StudentChoice.best(EVALUATIONS, Selection.SUBNETWORKS))
                .hasValueSatisfying(
                        best -> assertThat(best.path("nextStep").asInt()).isEqualTo(2));
    }

    @Test
    void best_canBeOfTheMeanPrediction() {
        assertThat(StudentChoice.best(EVALUATIONS, Selection.ENSEMBLE))
                .hasValueSatisfying(
                        best -> assertThat(best.path("nextStep").asInt()).isEqualTo(1));
    }

    @Test
    void best_looksAtValidationAlone() {
        JsonNode better = JsonMapper.shared()
                .readTree(evaluation(2, 0.8, 0.8)
                        .toString()
                        .replace("}}}", "},\"test\":{\"standard\":{\"accuracy\":0.1}}}}"));
        JsonNode worse = JsonMapper.shared()
                .readTree(evaluation(1, 0.7, 0.7)
                        .toString()
                        .replace("}}}", "},\"test\":{\"standard\":{\"accuracy\":0.9}}}}"));
        assertThat(StudentChoice.best(List.of(worse, better), Selection.ENSEMBLE))
                .contains(better);
        JsonNode onTestOnly = JsonMapper.shared()
                .readTree("{\"nextStep\":3,\"splits\":{\"test\":{\"standard\":{\"accuracy\":0.9}}}}");
        assertThatIllegalStateException()
                .isThrownBy(() -> StudentChoice.best(List.of(worse, onTestOnly), Selection.ENSEMBLE))
                .withMessageContaining("after step 3 has no validation scores");
    }

    @Test
    void best_ofNothing_isNothing() {
        assertThat(StudentChoice.best(List.of(), Selection.ENSEMBLE)).isEmpty();
    }

    private static JsonNode evaluation(int step, double ensemble, double... subnetworks) {
        StringBuilder members = new StringBuilder();
        for (double accuracy : subnetworks) {
            members.append(members.isEmpty() ? "" : ",")
                    .append("{\"accuracy\":")
                    .append(accuracy)
                    .append('}');
        }
        return JsonMapper.shared()
                .readTree("{\"nextStep\":" + step + ",\"splits\":{\"validation\":{\"standard\":{\"accuracy\":"
                        + ensemble + "},\"perMember\":[" + members + "]}}}");
    }
}
