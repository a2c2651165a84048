package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.MimoArrangement;
import dev.polyphony.models.networks.OwnImages;
import java.util.Arrays;

/**
 * A network whose subnetworks each see images of their own while it is trained (MIMO; paper, appendix A.3), as a network
 * that takes one image for each row of its logits.
 */
final class OwnRows implements Network {

    private final OwnImages network;
    private final int repetitions;
    private final long seed;

    OwnRows(OwnImages network, int repetitions, long seed) {
        this.network = network;
        this.repetitions = repetitions;
        this.seed = seed;
    }

    /** Which rows see which images in one step. */
    MimoArrangement arrangement(NDArray images, long step) {
        int count = Math.toIntExact(images.getShape().get(0));
        return MimoArrangement.draw(members(), count, repetitions, seed, step);
    }

    /** Each row's image: [R, C, H, W] of [B, C, H, W]. */
    static NDArray images(NDArray images, MimoArrangement arrangement) {
        return images.get(new NDIndex("{}", index(images, arrangement.imageOfRow())));
    }

    /**
     * Each row's own member on the row's image.
     *
     * @param teacher [M, B, K] with as many members as there are subnetworks
     * @return [1, R, K]
     */
    NDArray ownTeacher(NDArray teacher, MimoArrangement arrangement) {
        Shape shape = teacher.getShape();
        if (shape.get(0) != members()) {
            throw new IllegalArgumentException(
                    members() + " subnetworks cannot learn one to one from ensemble logits " + shape);
        }
        NDArray rows = teacher.reshape(shape.get(0) * shape.get(1), shape.get(2));
        return rows.get(new NDIndex("{}", index(teacher, arrangement.teacherOfRow())))
                .expandDims(0);
    }

    /** All members on each row's image: [M, R, K] of [M, B, K]. */
    static NDArray everyTeacher(NDArray teacher, MimoArrangement arrangement) {
        return teacher.get(new NDIndex(":, {}", index(teacher, arrangement.imageOfRow())));
    }

    private static NDArray index(NDArray beside, int[] rows) {
        long[] index = Arrays.stream(rows).asLongStream().toArray();
        return beside.getManager().create(index);
    }

    @Override
    public ImageInput input() {
        return network.input();
    }

    @Override
    public int members() {
        return network.members();
    }

    @Override
    public Layout parameters() {
        return network.parameters();
    }

    @Override
    public Layout statistics() {
        return network.statistics();
    }

    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        return network.logitsOfOwn(images, weights, training);
    }
}
