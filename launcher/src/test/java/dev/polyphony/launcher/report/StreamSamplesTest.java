package dev.polyphony.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class StreamSamplesTest {

    /** Three members, two samples, whose mean divergence is known: .1266848407 and .005393312224. */
    private static final double[][] MEMBERS = {
        {.7, .2, .1}, {.99, .005, .005}, {.5, .3, .2}, {.98, .01, .01}, {.6, .1, .3}, {.995, .003, .002}
    };

    @Test
    void divergence_isThatOfTheMembersOverAllSteps() {
        StreamSamples samples =
                StreamSamples.of(List.of(minibatch(0), minibatch(1)), List.of(logits(0, 0), logits(1, 1)));

        assertThat(samples.samples()).isEqualTo(2);
        assertThat(samples.meanKld()).isCloseTo(.06603907646, within(1e-6));
        assertThat(samples.diversityBins().get(7).mean()).isCloseTo(.1266848407, within(1e-6));
        assertThat(samples.diversityBins().get(14).mean()).isCloseTo(.005393312224, within(1e-6));
    }

    @Test
    void pictures_areCleanPerturbedAndTheAmplifiedDifference() throws Exception {
        StreamSamples samples = StreamSamples.of(List.of(minibatch(0)), List.of(logits(0, 0)));
        StreamSamples.Sample image = samples.images().get(0);
        ImageStrip strip = new ImageStrip(samples.images());

        assertThat(strip.amplification()).isEqualTo(12);
        assertThat(grey(strip.clean(image))).containsExactly(100, 255, 0, 7);
        assertThat(grey(strip.perturbed(image))).containsExactly(110, 255, 0, 7);
        assertThat(grey(strip.difference(image))).containsExactly(250, 250, 5, 128);
    }

    private static int[] grey(String source) throws Exception {
        byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] values = new int[image.getWidth() * image.getHeight()];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xff;
        }
        return values;
    }

    private static Minibatch minibatch(long step) {
        float tenth = 10.2f / 255;
        return new Minibatch(
                "s",
                step,
                0,
                0,
                1,
                Tensor.ofBytes(new byte[] {100, (byte) 255, 0, 7}, 1, 1, 2, 2),
                Tensor.ofFloats(new float[] {tenth, tenth, -tenth, 0}, 1, 1, 2, 2),
                Tensor.ofInts(new int[] {2}),
                Tensor.ofInts(new int[] {0}),
                Minibatch.CONFODS,
                0,
                1);
    }

    private static TeacherLogits logits(long step, int sample) {
        float[] values = new float[9];
        for (int m = 0; m < 3; m++) {
            for (int k = 0; k < 3; k++) {
                values[3 * m + k] = (float) Math.log(MEMBERS[2 * m + sample][k]);
            }
        }
        return new TeacherLogits("s", step, 0, 1, "e", Tensor.ofFloats(values, 3, 1, 3));
    }
}
