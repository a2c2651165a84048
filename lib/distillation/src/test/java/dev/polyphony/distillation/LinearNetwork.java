package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import java.util.List;

/**
 * z = W ((x - mean) / sd) + b, whose gradients are known in closed form. With several members, member m's logits are
 * those of W plus its own rank-one part: s_m o (W (r_m o x)) + b. Its one statistic moves from 0 towards 1 with
 * every pass in training mode.
 */
public final class LinearNetwork implements Network {

    private final ImageInput input;
    private final int members;
    private final Layout parameters;

    LinearNetwork(ImageInput input, int members) {
        this.input = input;
        this.members = members;
        long pixels = (long) input.channels() * input.height() * input.width();
        long classes = input.classes();
        long weight = classes * pixels;
        this.parameters = members == 1
                ? new Layout(List.of(
                        new Entry("weight", Kind.SHARED, 0, List.of(classes, pixels)),
                        new Entry("bias", Kind.SHARED, weight, List.of(classes))))
                : new Layout(List.of(
                        new Entry("weight", Kind.SHARED, 0, List.of(classes, pixels)),
                        new Entry("bias", Kind.SHARED, weight, List.of(classes)),
                        new Entry("r", Kind.RANK_ONE, weight + classes, List.of((long) members, pixels)),
                        new Entry(
                                "s",
                                Kind.RANK_ONE,
                                weight + classes + members * pixels,
                                List.of((long) members, classes))));
    }

    /** One row of {@code pixels} numbers, passed as they are. */
    public static LinearNetwork plain(int pixels, int classes) {
        return new LinearNetwork(new ImageInput(1, 1, pixels, classes, List.of(0f), List.of(1f)), 1);
    }

    public static LinearNetwork batchEnsemble(int pixels, int classes, int members) {
        return new LinearNetwork(new ImageInput(1, 1, pixels, classes, List.of(0f), List.of(1f)), members);
    }

    /** The statistic after this many passes in training mode. */
    static float statisticAfter(int passes) {
        return (float) (1 - Math.pow(1 - STATISTICS_WEIGHT, passes));
    }

    public Weights weights(NDManager manager, float... values) {
        return new Weights(manager.create(values), manager.zeros(new Shape(1)));
    }

    @Override
    public ImageInput input() {
        return input;
    }

    @Override
    public int members() {
        return members;
    }

    @Override
    public Layout parameters() {
        return parameters;
    }

    @Override
    public Layout statistics() {
        return new Layout(List.of(new Entry("mean", Kind.STATISTIC, 0, List.of(1L))));
    }

    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        if (training) {
            weights.statistics().muli((float) (1 - STATISTICS_WEIGHT)).addi((float) STATISTICS_WEIGHT);
        }
        long batch = images.getShape().get(0);
        long pixels = images.getShape().slice(1).size();
        NDArray x = normalised(images).reshape(batch, pixels);
        NDArray weight = part(weights, 0);
        NDArray bias = part(weights, 1);
        if (members == 1) {
            return x.matMul(weight.transpose()).add(bias);
        }
        NDArray r = part(weights, 2);
        NDArray s = part(weights, 3);
        NDList rows = new NDList();
        for (int m = 0; m < members; m++) {
            rows.add(x.mul(r.get(m)).matMul(weight.transpose()).mul(s.get(m)).add(bias));
        }
        return ai.djl.ndarray.NDArrays.concat(rows, 0);
    }

    private NDArray normalised(NDArray images) {
        NDManager manager = images.getManager();
        Shape perChannel = new Shape(1, input.channels(), 1, 1);
        float[] mean = new float[input.channels()];
        float[] deviation = new float[input.channels()];
        for (int c = 0; c < mean.length; c++) {
            mean[c] = input.mean().get(c);
            deviation[c] = input.standardDeviation().get(c);
        }
        return images.sub(manager.create(mean, perChannel)).div(manager.create(deviation, perChannel));
    }

    private NDArray part(Weights weights, int index) {
        Entry entry = parameters.entries().get(index);
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        return weights.parameters()
                .get(new ai.djl.ndarray.index.NDIndex("{}:{}", entry.offset(), entry.offset() + entry.size()))
                .reshape(shape);
    }
}
