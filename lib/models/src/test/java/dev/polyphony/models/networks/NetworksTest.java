package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

    private static final ImageInput INPUT = new ImageInput(1, 8, 8, 3, List.of(0.1f), List.of(0.3f));

    @Test
    void member_isTheNetworkTheRecipeNames() {
        assertThat(Networks.member(part("resnet-14", 8), INPUT).architecture())
                .isEqualTo(new Architecture(Kind.PLAIN, Family.RESNET, 14, 1, 8, 2, 1, INPUT));
        assertThat(Networks.member(part("wrn-16-2", 4), INPUT).architecture())
                .isEqualTo(new Architecture(Kind.PLAIN, Family.WIDE_RESNET, 16, 2, 4, 2, 1, INPUT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resnet-18", "resnet-2", "wrn-28", "wrn-26-10", "wrn-4-1", "wrn-28-0", "wrn-28-010", "vgg-16"})
    void unknownNames_areRefused(String name) {
        assertThatThrownBy(() -> Backbone.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("resnet-N")
                .hasMessageContaining("wrn-D-K");
    }

    @Test
    void impossibleArchitectures_areRefused() {
        assertRefused(Kind.PLAIN, Family.WIDE_RESNET, 32, 1, 1, "6n+4");
        assertRefused(Kind.PLAIN, Family.RESNET, 28, 1, 1, "6n+2");
        assertRefused(Kind.PLAIN, Family.RESNET, 8, 2, 1, "widened");
        assertRefused(Kind.PLAIN, Family.WIDE_RESNET, 10, 0, 1, "widened");
        assertRefused(Kind.PLAIN, Family.RESNET, 8, 1, 2, "1 member");
        assertRefused(Kind.MIMO, Family.RESNET, 8, 1, 0, "1 to 1000");
        assertRefused(Kind.MIMO, Family.RESNET, 8, 1, 1001, "1 to 1000");
        assertRefused(Kind.PLAIN, Family.RESNET, 10_004, 1, 1, "at most 9999");
    }

    private static void assertRefused(Kind kind, Family family, int depth, int widening, int members, String message) {
        assertThatThrownBy(() -> new Architecture(kind, family, depth, widening, 4, 1, members, INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static EnsemblePart.Trained part(String name, int width) {
        return new EnsemblePart.Trained(name, width, 2, 4, 128, 0.1, 0.9, false, 5e-4, 5, 200, 1);
    }
}
