package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.Randomness.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RandomnessTest {

    @Test
    void numbers_areFrozen() {
        assertThat(Randomness.derive(1, Purpose.MEMBER_SEED, 0)).isEqualTo(3414651249212421916L);
        assertThat(Randomness.derive(1, Purpose.GUIDE_VECTOR, 7)).isEqualTo(-1639457482514454303L);
        assertThat(Randomness.of(1, Purpose.PERMUTATION, 0).nextLong()).isEqualTo(-247356163989531479L);
    }

    @Property(tries = 100)
    void generator_isAFunctionOfItsArguments(@ForAll long seed, @ForAll Purpose purpose, @ForAll long step) {
        assertThat(Randomness.of(seed, purpose, step).nextLong())
                .isEqualTo(Randomness.of(seed, purpose, step).nextLong())
                .isNotEqualTo(Randomness.of(seed, purpose, step + 1).nextLong())
                .isNotEqualTo(Randomness.of(seed + 1, purpose, step).nextLong());
    }

    @Test
    void seedsPurposesAndPaths_giveDifferentNumbers() {
        Set<Long> drawn = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            for (Purpose purpose : Purpose.values()) {
                drawn.add(Randomness.derive(seed, purpose));
                for (long step = 0; step < 20; step++) {
                    drawn.add(Randomness.derive(seed, purpose, step));
                    drawn.add(Randomness.derive(seed, purpose, step, 0));
                }
            }
        }
        assertThat(drawn).hasSize(20 * Purpose.values().length * 41);
    }

    @Test
    void generatorsOfTwoPurposes_areUncorrelated() {
        int steps = 10_000;
        double product = 0;
        for (int step = 0; step < steps; step++) {
            double a = Randomness.of(1, Purpose.PERMUTATION, step).nextDouble() - 0.5;
            double b = Randomness.of(1, Purpose.AUGMENTATION, step).nextDouble() - 0.5;
            product += a * b;
        }
        double correlation = product / steps * 12;
        assertThat(correlation).isBetween(-0.04, 0.04); // four standard deviations of independent draws
    }

    @Test
    void bits_areBalanced() {
        long ones = Arrays.stream(Purpose.values())
                .mapToLong(purpose -> Long.bitCount(Randomness.derive(0, purpose)))
                .sum();
        long half = 32L * Purpose.values().length;
        assertThat(ones).isBetween(half - 45, half + 45);
    }
}
