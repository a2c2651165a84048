package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DiversityTest {

    private static final Offset<Double> CLOSE = within(1e-9);
    private static final double[][] FIRST = {{.7, .2, .1}, {.5, .3, .2}, {.6, .1, .3}};
    private static final double[][] SECOND = {{.99, .005, .005}, {.98, .01, .01}, {.995, .003, .002}};

    /** Each sample given as its members' probabilities. */
    private static Predictions of(double[][]... samples) {
        return Vectors.samples(samples);
    }

    @Test
    void divergence_ofEachPair_isTheKnownOne() {
        assertThat(Diversity.meanKld(of(new double[][] {FIRST[0], FIRST[1]})))
                .isCloseTo((.08512282596 + .09203285023) / 2, CLOSE);
        assertThat(Diversity.meanKld(of(new double[][] {FIRST[0], FIRST[2]})))
                .isCloseTo((.1366736831 + .1677785606) / 2, CLOSE);
        assertThat(Diversity.meanKld(of(new double[][] {FIRST[1], FIRST[2]})))
                .isCloseTo((.1573298866 + .1211712376) / 2, CLOSE);
    }

    @Test
    void divergence_isTheMeanOverPairs_andSamples() {
        assertThat(Diversity.meanKld(of(FIRST))).isCloseTo(.1266848407, CLOSE);
        assertThat(Diversity.meanKld(of(SECOND))).isCloseTo(.005393312224, CLOSE);
        assertThat(Diversity.meanKld(of(FIRST, SECOND))).isCloseTo(.06603907646, CLOSE);
    }

    @Test
    void bins_areByTheLeastConfidentMember() {
        List<Diversity.Bin> bins = Diversity.bins(of(FIRST, SECOND), 10);
        assertThat(bins.get(4).count()).isEqualTo(1);
        assertThat(bins.get(4).low()).isEqualTo(0.4);
        assertThat(bins.get(4).high()).isEqualTo(0.5);
        assertThat(bins.get(4).median()).isCloseTo(.1266848407, CLOSE);
        assertThat(bins.get(9).mean()).isCloseTo(.005393312224, CLOSE);
        assertThat(bins.get(0)).isEqualTo(new Diversity.Bin(0, 0.1, 0, 0, 0, 0, 0, 0, 0));
        assertThatThrownBy(() -> Diversity.bins(of(FIRST), 0)).hasMessageContaining("not 0");
    }

    @Test
    void quartiles_lieBetweenOrderStatistics() {
        double[][][] samples = {FIRST, SECOND, FIRST, SECOND};
        double high = Diversity.meanKld(of(FIRST));
        double low = Diversity.meanKld(of(SECOND));
        Diversity.Bin bin = Diversity.bins(of(samples), 1).get(0);
        assertThat(bin.count()).isEqualTo(4);
        assertThat(bin.min()).isCloseTo(low, CLOSE);
        assertThat(bin.q1()).isCloseTo(low, CLOSE);
        assertThat(bin.median()).isCloseTo((low + high) / 2, CLOSE);
        assertThat(bin.q3()).isCloseTo(high, CLOSE);
        assertThat(bin.max()).isCloseTo(high, CLOSE);
        Diversity.Bin two = Diversity.bins(of(FIRST, SECOND), 1).get(0);
        assertThat(two.q1()).isCloseTo(low + (high - low) / 4, CLOSE);
        assertThat(two.q3()).isCloseTo(high - (high - low) / 4, CLOSE);
    }

    @Test
    void oneMember_orEqualMembers_haveNoDiversity() {
        assertThat(Diversity.meanKld(of(FIRST).first(1))).isZero();
        assertThat(Diversity.disagreement(of(FIRST).first(1))).isZero();
        Predictions same = of(new double[][] {FIRST[0], FIRST[0]});
        assertThat(Diversity.meanKld(same)).isZero();
        assertThat(Diversity.disagreement(same)).isZero();
    }

    @Test
    void divergence_isFinite_whereProbabilitiesVanish() {
        Predictions certain = new Predictions(new double[][][] {{{0, 5000}}, {{5000, 0}}}, new int[] {0});
        assertThat(Diversity.meanKld(certain)).isCloseTo(5000, CLOSE);
        assertThat(Diversity.disagreement(certain)).isEqualTo(1);
    }

    @Test
    void disagreement_isTheShareOfPairs() {
        double[][] oneOfThree = {{.6, .4}, {.7, .3}, {.2, .8}};
        double[][] ties = {{.5, .5}, {.6, .4}, {.7, .3}};
        assertThat(Diversity.disagreement(of(oneOfThree))).isCloseTo(2.0 / 3, CLOSE);
        assertThat(Diversity.disagreement(of(oneOfThree, ties))).isCloseTo(1.0 / 3, CLOSE);
    }

    @Test
    void mutualInformation_ofCertainMembers_isTheEntropyOfTheirVotes() {
        Predictions opposite = new Predictions(new double[][][] {{{0, 5000}}, {{5000, 0}}}, new int[] {0});
        assertThat(Diversity.mutualInformation(opposite)).isCloseTo(Math.log(2), CLOSE);
        Predictions oneOfThree =
                new Predictions(new double[][][] {{{0, 5000}}, {{0, 5000}}, {{5000, 0}}}, new int[] {0});
        assertThat(Diversity.mutualInformation(oneOfThree)).isCloseTo(entropy(new double[] {1.0 / 3, 2.0 / 3}), CLOSE);
    }

    @Test
    void mutualInformation_ofOneMember_orEqualMembers_isNone() {
        assertThat(Diversity.mutualInformation(of(FIRST).first(1))).isZero();
        assertThat(Diversity.mutualInformation(of(new double[][] {FIRST[0], FIRST[0], FIRST[0]})))
                .isCloseTo(0, within(1e-15));
    }

    @Property(tries = 100)
    void mutualInformation_isPooledEntropy_lessTheMembers(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int members) {
        Predictions predictions = new Predictions(logits(seed, members), new int[7]);
        double expected = 0;
        for (int n = 0; n < 7; n++) {
            expected += entropy(exp(predictions.pooledLogProbabilities()[n])) / 7;
            for (int m = 0; m < members; m++) {
                expected -= entropy(exp(predictions.row(m, n))) / members / 7;
            }
        }
        assertThat(Diversity.mutualInformation(predictions))
                .isCloseTo(expected, CLOSE)
                .isBetween(0.0, Math.log(Math.min(members, 4)));
    }

    @Property(tries = 100)
    void divergence_isThatOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int members,
            @ForAll @IntRange(min = 1, max = 20) int bins) {
        double[][][] logits = logits(seed, members);
        Predictions predictions = new Predictions(logits, new int[7]);
        double expected = 0;
        for (int n = 0; n < 7; n++) {
            for (int i = 0; i < members; i++) {
                for (int j = 0; j < members; j++) {
                    expected += i == j ? 0 : kl(softmax(logits[i][n]), softmax(logits[j][n]));
                }
            }
        }
        expected /= 7.0 * members * (members - 1);
        assertThat(Diversity.meanKld(predictions)).isCloseTo(expected, CLOSE);
        assertThat(Diversity.bins(predictions, bins).stream()
                        .mapToDouble(b -> b.count() * b.mean() / 7)
                        .sum())
                .isCloseTo(expected, CLOSE);
    }

    /** Seven samples of four classes. */
    private static double[][][] logits(long seed, int members) {
        Random random = new Random(seed);
        double[][][] logits = new double[members][7][4];
        for (double[][] member : logits) {
            for (double[] row : member) {
                for (int k = 0; k < row.length; k++) {
                    row[k] = 2 * random.nextGaussian();
                }
            }
        }
        return logits;
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }

    private static double entropy(double[] probabilities) {
        return -Arrays.stream(probabilities).map(p -> p * Math.log(p)).sum();
    }

    private static double[] softmax(double[] row) {
        double sum = 0;
        double[] result = new double[row.length];
        for (int k = 0; k < row.length; k++) {
            sum += Math.exp(row[k]);
        }
        for (int k = 0; k < row.length; k++) {
            result[k] = Math.exp(row[k]) / sum;
        }
        return result;
    }

    private static double kl(double[] p, double[] q) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k] * Math.log(p[k] / q[k]);
        }
        return sum;
    }
}
