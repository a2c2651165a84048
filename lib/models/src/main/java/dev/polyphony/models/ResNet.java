package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Architecture.Kind;
import dev.polyphony.models.engine.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The residual network of the paper's CIFAR-10 experiments (3 x 3 stem, three stages, shortcuts without weights), plain
 * or as a BatchEnsemble with rank-one factors in every convolution and the linear layer.
 *
 * <p>Members share batch normalisation, as in the authors' reference code.
 */
public final class ResNet implements Network {

    private static final Pattern NAME = Pattern.compile("resnet-(\\d{1,4})");
    private static final int STAGES = 3;

    private final Architecture architecture;
    private final Convolution stem;
    private final BatchNormalisation stemNormalisation;
    private final List<BasicBlock> blocks;
    private final Head head;
    private final Layout parameters;
    private final Layout statistics;
    private final Views parameterViews;
    private final Views statisticViews;

    /** The network of this architecture. */
    public ResNet(Architecture architecture) {
        this.architecture = architecture;
        int width = architecture.width();
        stem = convolution("stem", architecture.input().channels(), width, architecture.stemStride(), true);
        stemNormalisation = new BatchNormalisation("stem.bn", width);
        blocks = blocks();
        int features = width << (STAGES - 1);
        int classes = architecture.input().classes();
        head = new Head("head", features, classes, factors("head", features, classes));
        Declaration declaration = new Declaration();
        stem.declare(declaration);
        stemNormalisation.declare(declaration);
        blocks.forEach(block -> block.declare(declaration));
        head.declare(declaration);
        parameters = declaration.parameters();
        statistics = declaration.statistics();
        parameterViews = new Views(parameters);
        statisticViews = new Views(statistics);
    }

    /** One network, such as an ensemble's member; see {@link Architecture} for the arguments. */
    public static ResNet plain(int depth, int width, int stemStride, ImageInput input) {
        return new ResNet(new Architecture(Kind.PLAIN, depth, width, stemStride, 1, input));
    }

    /** M members that share all but rank-one factors and biases; see {@link Architecture} for the arguments. */
    public static ResNet batchEnsemble(int depth, int width, int stemStride, int members, ImageInput input) {
        return new ResNet(new Architecture(Kind.BATCH_ENSEMBLE, depth, width, stemStride, members, input));
    }

    /**
     * Depth of a network by its name.
     *
     * @param name such as {@code resnet-20}
     * @throws IllegalArgumentException if it is not {@code resnet-} and 6n+2
     */
    public static int depthOf(String name) {
        Matcher matcher = NAME.matcher(name);
        int depth = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        if (depth < 8 || (depth - 2) % 6 != 0) {
            throw new IllegalArgumentException("unknown network \"" + name
                    + "\": expected resnet-N with N = 6n+2, such as resnet-8, resnet-20 or resnet-32");
        }
        return depth;
    }

    /** What rebuilds this network. */
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public ImageInput input() {
        return architecture.input();
    }

    @Override
    public int members() {
        return architecture.members();
    }

    @Override
    public Layout parameters() {
        return parameters;
    }

    @Override
    public Layout statistics() {
        return statistics;
    }

    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        requireInput(images.getShape());
        return Temporaries.closedBut(() -> {
            Tensors tensors = new Tensors(
                    parameterViews.of(weights.parameters()), statisticViews.of(weights.statistics()), training);
            NDArray rows = Temporaries.closedBut(() -> stem(images, tensors));
            for (BasicBlock block : blocks) {
                NDArray input = rows;
                rows = Temporaries.closedBut(() -> block.apply(input, tensors));
                input.close();
            }
            return head.apply(averaged(rows), tensors);
        });
    }

    private NDArray stem(NDArray images, Tensors tensors) {
        NDArray pixels = Operations.channelsLast(normalised(images));
        return Operations.relu(stemNormalisation.apply(stem.apply(pixels, tensors), tensors));
    }

    private NDArray normalised(NDArray images) {
        NDArray mean = perChannel(input().mean(), images);
        NDArray deviation = perChannel(input().standardDeviation(), images);
        return images.sub(mean).div(deviation);
    }

    private static NDArray perChannel(List<Float> values, NDArray like) {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i);
        }
        return Operations.constant(like.getManager(), numbers, new Shape(1, numbers.length, 1, 1), like.getDataType());
    }

    /** Global average pooling: [N, C, H, W] to [N, C]. */
    private static NDArray averaged(NDArray rows) {
        Shape shape = rows.getShape();
        return rows.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3))
                .mean(new int[] {2});
    }

    private void requireInput(Shape shape) {
        ImageInput input = input();
        if (shape.dimension() != 4
                || shape.get(1) != input.channels()
                || shape.get(2) != input.height()
                || shape.get(3) != input.width()) {
            throw new IllegalArgumentException("images are [B, " + input.channels() + ", " + input.height() + ", "
                    + input.width() + "], got " + shape);
        }
    }

    private List<BasicBlock> blocks() {
        List<BasicBlock> all = new ArrayList<>();
        int inputs = architecture.width();
        for (int stage = 0; stage < STAGES; stage++) {
            int outputs = architecture.width() << stage;
            for (int index = 0; index < architecture.blocksPerStage(); index++) {
                int stride = stage > 0 && index == 0 ? 2 : 1;
                all.add(block("stage" + (stage + 1) + ".block" + index + ".", inputs, outputs, stride));
                inputs = outputs;
            }
        }
        return List.copyOf(all);
    }

    private BasicBlock block(String prefix, int inputs, int outputs, int stride) {
        return new BasicBlock(
                convolution(prefix + "conv1", inputs, outputs, stride, false),
                new BatchNormalisation(prefix + "bn1", outputs),
                convolution(prefix + "conv2", outputs, outputs, 1, false),
                new BatchNormalisation(prefix + "bn2", outputs));
    }

    private Convolution convolution(String name, int inputs, int outputs, int stride, boolean sharedInput) {
        return new Convolution(name, inputs, outputs, stride, factors(name, inputs, outputs), sharedInput);
    }

    private @Nullable RankOneFactors factors(String name, int inputs, int outputs) {
        return architecture.kind() == Kind.PLAIN ? null : new RankOneFactors(name, members(), inputs, outputs);
    }
}
