package dev.polyphony.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.distillation.StudentTraining;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.networks.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The student's distillation step alone: the peer of benchmarks/peer/student_step.py. Prints one JSON object with the
 * milliseconds of each step. Arguments: number of steps; threads come from {@code -Dai.djl.pytorch.num_threads}.
 */
public final class StudentStep {

    private static final int MEMBERS = 4;
    private static final int BATCH = 128;
    private static final int SIZE = 28;

    private StudentStep() {}

    /** Runs the steps. */
    public static void main(String[] arguments) {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        ImageInput input = new ImageInput(1, SIZE, SIZE, 10, List.of(0.286f), List.of(0.353f));
        ResNet network = ResNet.batchEnsemble(8, 16, 2, MEMBERS, input);
        StudentPart part = new StudentPart(
                StudentPart.Architecture.BATCH_ENSEMBLE,
                "resnet-8",
                16,
                2,
                MEMBERS,
                StudentPart.Objective.ONE_TO_ONE,
                0.9,
                4,
                10,
                1e-4,
                0.1,
                0.9,
                false,
                StudentPart.RankOne.NORMAL,
                0.5,
                0,
                4e-4,
                1,
                4,
                StudentPart.Selection.SUBNETWORKS,
                1);
        List<String> milliseconds = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager();
                StudentTraining training = new StudentTraining(
                        network, TrainingState.fresh(Initialisation.weights(network, manager, 1)), part, 12)) {
            NDArray images = manager.randomUniform(0, 1, new Shape(BATCH, 1, SIZE, SIZE));
            NDArray perturbed = images.add(manager.randomNormal(0, 0.01f, images.getShape(), DataType.FLOAT32))
                    .clip(0f, 1f);
            NDArray logits = manager.randomNormal(0, 1, new Shape(MEMBERS, BATCH, 10), DataType.FLOAT32);
            int[] labels = new int[BATCH];
            for (int i = 0; i < BATCH; i++) {
                labels[i] = i % 10;
            }
            for (int step = 0; step < steps; step++) {
                long began = System.nanoTime();
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    training.step(images, perturbed, labels, logits, 0, 0);
                }
                milliseconds.add(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - began) / 1e6));
            }
        }
        System.out.println("{\"threads\": " + Integer.getInteger("ai.djl.pytorch.num_threads", 0)
                + ", \"milliseconds\": " + milliseconds + "}");
    }
}
