package dev.polyphony.models.networks;

import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.Randomness.Purpose;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Which image of a minibatch each head of a MIMO network sees in each row (paper, A.3; defaults of the authors'
 * reference code): the minibatch is repeated, and every head sees all of it in an order of its own, drawn independently.
 * Two heads see the same image in the same row only by chance.
 */
public final class MimoArrangement {

    private final int members;
    private final int images;
    private final int[] rows;

    private MimoArrangement(int members, int images, int[] rows) {
        this.members = members;
        this.images = images;
        this.rows = rows;
    }

    /**
     * The arrangement of one step, a pure function of the arguments.
     *
     * @param members heads, M, at least 1
     * @param images in the minibatch, B, at least 1
     * @param repetitions R, how often every head sees every image, at least 1
     * @param seed of the student
     * @param step from 0
     */
    public static MimoArrangement draw(int members, int images, int repetitions, long seed, long step) {
        if (members < 1 || images < 1 || repetitions < 1) {
            throw new IllegalArgumentException(
                    "members, images and repetitions are at least 1: " + members + ", " + images + ", " + repetitions);
        }
        int perMember = Math.multiplyExact(repetitions, images);
        int[] rows = new int[Math.multiplyExact(members, perMember)];
        for (int member = 0; member < members; member++) {
            UniformRandomProvider random = Randomness.of(seed, Purpose.MIMO_ARRANGEMENT, step, member);
            int[] order = PermutationSampler.natural(perMember);
            PermutationSampler.shuffle(random, order);
            for (int i = 0; i < perMember; i++) {
                rows[member * perMember + i] = order[i] % images;
            }
        }
        return new MimoArrangement(members, images, rows);
    }

    /**
     * The image of each row, to gather the images [B, C, H, W] by.
     *
     * @return [M*R*B], member-major, 0 to B-1: entries m*R*B to (m+1)*R*B-1 are head m's
     */
    public int[] imageOfRow() {
        return rows.clone();
    }

    /**
     * The row of the teacher's logits that each row learns from, to gather [M*B, K] by: teacher m on head m's own image.
     *
     * @return [M*R*B], 0 to M*B-1
     */
    public int[] teacherOfRow() {
        int perMember = rows.length / members;
        int[] teacher = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            teacher[row] = row / perMember * images + rows[row];
        }
        return teacher;
    }

    /**
     * The label of each row.
     *
     * @param ofImages [B]
     * @return [M*R*B]
     */
    public int[] labelsOfRows(int[] ofImages) {
        if (ofImages.length != images) {
            throw new IllegalArgumentException(ofImages.length + " labels for " + images + " images");
        }
        int[] labels = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            labels[row] = ofImages[rows[row]];
        }
        return labels;
    }
}
