package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.networks.Architecture.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of the paper's networks, to the digit. Nothing is allocated: layouts alone say it. */
class ParameterCountTest {

    /**
     * By hand, at width 16 and 10 classes, n blocks a stage. Convolutions: stem 3*16*9 = 432; stage 1: 2n*2,304; stage
     * 2: 4,608 + (2n-1)*9,216; stage 3: 18,432 + (2n-1)*36,864; in all 96,768n - 22,608. Normalisation: 2*16 +
     * 2n*2*(16+32+64) = 448n + 32. Linear: 650. Sum: 97,216n - 21,926.
     *
     * <p>Rank-one factors of one member, inputs + outputs of each layer: stem 19; stage 1: 64n; stage 2: 48 +
     * (2n-1)*64; stage 3: 96 + (2n-1)*128; linear 74; in all 448n + 45; and 10 biases for each member after the first.
     *
     * <p>MIMO-M: (M-1)*3*16*9 more in the stem and (M-1)*650 more in the linear layer.
     */
    @ParameterizedTest
    @CsvSource({
        "resnet-20, PLAIN, 1, 269722",
        "resnet-32, PLAIN, 1, 464154",
        "resnet-44, PLAIN, 1, 658586",
        "resnet-56, PLAIN, 1, 853018",
        "resnet-20, BATCH_ENSEMBLE, 4, 275308",
        "resnet-32, BATCH_ENSEMBLE, 4, 473324",
        "resnet-44, BATCH_ENSEMBLE, 4, 671340",
        "resnet-56, BATCH_ENSEMBLE, 4, 869356",
        "resnet-32, BATCH_ENSEMBLE, 8, 482504",
        "resnet-32, MIMO, 3, 466318",
    })
    void resNets(String name, Kind kind, int members, long expected) {
        assertThat(count(name, kind, members, 10)).isEqualTo(expected);
    }

    /** The numbers of the authors' reference networks, computed from their configurations. */
    @ParameterizedTest
    @CsvSource({
        "wrn-28-10, 10, 36479194",
        "wrn-28-10, 100, 36536884",
        "wrn-28-10, 200, 36600984",
        "wrn-28-5, 10, 9132634",
        "wrn-28-5, 100, 9161524",
        "wrn-28-5, 200, 9193624",
        "wrn-28-2, 10, 1467610",
        "wrn-28-2, 100, 1479220",
        "wrn-28-2, 200, 1492120",
        "wrn-28-1, 10, 369498",
        "wrn-28-1, 100, 375348",
    })
    void wideResNets(String name, int classes, long expected) {
        assertThat(count(name, Kind.PLAIN, 1, classes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "wrn-28-10, BATCH_ENSEMBLE, 4, 100, 36615868",
        "wrn-28-5, BATCH_ENSEMBLE, 4, 100, 9201468",
        "wrn-28-2, BATCH_ENSEMBLE, 4, 100, 1495740",
        "wrn-28-1, BATCH_ENSEMBLE, 4, 100, 383932",
        "wrn-28-10, BATCH_ENSEMBLE, 4, 200, 36680668",
        "wrn-28-5, BATCH_ENSEMBLE, 4, 200, 9234268",
        "wrn-28-10, MIMO, 3, 100, 36665948",
    })
    void wideStudents(String name, Kind kind, int members, int classes, long expected) {
        assertThat(count(name, kind, members, classes)).isEqualTo(expected);
    }

    private static long count(String name, Kind kind, int members, int classes) {
        ImageInput input = new ImageInput(3, 32, 32, classes, List.of(0.5f, 0.5f, 0.4f), List.of(0.2f, 0.2f, 0.2f));
        return Networks.named(name, kind, 16, 1, members, input).parameters().size();
    }
}
