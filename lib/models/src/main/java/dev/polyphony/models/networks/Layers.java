package dev.polyphony.models.networks;

import dev.polyphony.models.networks.Architecture.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the layers that residual networks are composed of, with rank-one factors in each where the architecture asks
 * for them.
 *
 * @param architecture of the network
 */
record Layers(Architecture architecture) {

    static final int STAGES = 3;

    /** Makes one block. */
    interface BlockMaker {
        Block block(Layers layers, String prefix, int inputs, int outputs, int stride);
    }

    /** The first convolution, whose input the members share. */
    Convolution stem() {
        int channels = architecture.input().channels();
        int width = architecture.width();
        return new Convolution(
                "stem", channels, width, 3, architecture.stemStride(), factors("stem", channels, width), true);
    }

    Convolution convolution(String name, int inputs, int outputs, int kernel, int stride) {
        return new Convolution(name, inputs, outputs, kernel, stride, factors(name, inputs, outputs), false);
    }

    /** Three stages; the first block of the second and the third halves height and width. */
    List<Block> stages(BlockMaker maker) {
        List<Block> all = new ArrayList<>();
        int inputs = architecture.width();
        for (int stage = 0; stage < STAGES; stage++) {
            int outputs = architecture.stageWidth(stage);
            for (int index = 0; index < architecture.blocksPerStage(); index++) {
                int stride = stage > 0 && index == 0 ? 2 : 1;
                all.add(maker.block(this, "stage" + (stage + 1) + ".block" + index + ".", inputs, outputs, stride));
                inputs = outputs;
            }
        }
        return all;
    }

    Head head() {
        int features = architecture.stageWidth(STAGES - 1);
        int classes = architecture.input().classes();
        return new Head("head", features, classes, factors("head", features, classes));
    }

    private @Nullable RankOneFactors factors(String name, int inputs, int outputs) {
        return architecture.kind() == Kind.BATCH_ENSEMBLE
                ? new RankOneFactors(name, architecture.members(), inputs, outputs)
                : null;
    }
}
