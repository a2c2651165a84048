package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.StreamPart.Guide;
import dev.polyphony.experiment.StreamPart.Perturbation;
import dev.polyphony.experiment.StudentPart.Architecture;
import dev.polyphony.experiment.StudentPart.Objective;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes under {@code paper/} against the settings of the paper and of the authors' configurations. */
class PaperRecipesTest {

    private static final Map<String, Perturbation> RUNGS = Map.of(
            "scratch",
            Perturbation.NONE,
            "kd",
            Perturbation.NONE,
            "gaussian",
            Perturbation.GAUSSIAN,
            "ods",
            Perturbation.ODS,
            "confods",
            Perturbation.CONFODS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cifar-10-be-4",
                "cifar-10-be-8",
                "cifar-100-be-4",
                "cifar-100-wrn-28-2",
                "cifar-100-wrn-28-5",
                "tiny-imagenet-wrn-28-5"
            })
    void aTable_hasItsFiveRows(String table) {
        RUNGS.forEach((rung, kind) -> assertRow(table, rung, kind));
    }

    @Test
    void table4_hasNoConfOds() {
        List.of("scratch", "kd", "gaussian", "ods")
                .forEach(rung -> assertRow("cifar-100-mimo-3", rung, RUNGS.getOrDefault(rung, Perturbation.NONE)));
        assertThat(RecipeCatalogue.names()).doesNotContain("paper/cifar-100-mimo-3/confods");
    }

    private static void assertRow(String table, String rung, Perturbation kind) {
        Recipe recipe = RecipeCatalogue.find("paper/" + table + "/" + rung);
        assertThat(recipe.stream().perturbation()).isEqualTo(kind);
        assertThat(recipe.student().objective())
                .isEqualTo(rung.equals("scratch") ? Objective.CROSS_ENTROPY : Objective.ONE_TO_ONE);
        // A row changes nothing else, so a table costs one ensemble, and scratch and kd share their stream.
        Recipe kd = RecipeCatalogue.find("paper/" + table + "/kd");
        assertThat(recipe.ensemble()).isEqualTo(kd.ensemble());
        assertThat(identities(recipe).streamId().equals(identities(kd).streamId()))
                .isEqualTo(kind == Perturbation.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-10-be-4, resnet-32, 4, 512, 0.4, 4e-4, 200",
        "cifar-10-be-8, resnet-32, 8, 512, 0.4, 4e-4, 200",
        "cifar-100-be-4, wrn-28-10, 4, 256, 0.2, 5e-4, 300",
        "cifar-100-wrn-28-2, wrn-28-10, 4, 256, 0.2, 5e-4, 300",
        "cifar-100-wrn-28-5, wrn-28-10, 4, 256, 0.2, 5e-4, 300",
        "tiny-imagenet-wrn-28-5, wrn-28-10, 4, 256, 0.2, 5e-4, 300",
        "cifar-100-mimo-3, wrn-28-10, 3, 256, 0.2, 5e-4, 300",
    })
    void teachers(String table, String network, int size, int batch, double rate, double weightDecay, int epochs) {
        Recipe recipe = RecipeCatalogue.find("paper/" + table + "/ods");
        assertThat(recipe.ensemble())
                .isEqualTo(new EnsemblePart.Trained(
                        network, 16, 1, size, batch, rate, 0.9, false, weightDecay, 5, epochs, 1));
        assertThat(recipe.dataset().augmentation()).isEqualTo(DatasetPart.Augmentation.CROP_FLIP);
        assertThat(recipe.dataset().trainSamples()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "cifar-10-be-4, BATCH_ENSEMBLE, resnet-32, 4, 128, 0.1, 4e-4, 250, 4",
        "cifar-10-be-8, BATCH_ENSEMBLE, resnet-32, 8, 64, 0.05, 4e-4, 250, 4",
        "cifar-100-be-4, BATCH_ENSEMBLE, wrn-28-10, 4, 64, 0.05, 5e-4, 300, 1",
        "cifar-100-wrn-28-2, BATCH_ENSEMBLE, wrn-28-2, 4, 64, 0.05, 5e-4, 300, 1",
        "cifar-100-wrn-28-5, BATCH_ENSEMBLE, wrn-28-5, 4, 64, 0.05, 5e-4, 300, 1",
        "tiny-imagenet-wrn-28-5, BATCH_ENSEMBLE, wrn-28-5, 4, 64, 0.05, 5e-4, 300, 1",
        "cifar-100-mimo-3, MIMO, wrn-28-10, 3, 64, 0.05, 5e-4, 300, 1",
    })
    void students(
            String table,
            Architecture architecture,
            String network,
            int subnetworks,
            int batch,
            double rate,
            double weightDecay,
            int epochs,
            double temperature) {
        Recipe recipe = RecipeCatalogue.find("paper/" + table + "/ods");
        StudentPart student = recipe.student();
        assertThat(student.architecture()).isEqualTo(architecture);
        assertThat(student.network()).isEqualTo(network);
        assertThat(student.subnetworks()).isEqualTo(subnetworks);
        assertThat(student.distillationWeight()).isEqualTo(0.9);
        assertThat(student.temperature()).isEqualTo(temperature);
        assertThat(student.learningRate()).isEqualTo(rate);
        assertThat(student.rankOneLearningRateFactor()).isEqualTo(0.5);
        assertThat(student.weightDecay()).isEqualTo(weightDecay);
        assertThat(student.momentum()).isEqualTo(0.9);
        assertThat(student.nesterov()).isFalse();
        assertThat(student.warmupEpochs()).isEqualTo(5);
        assertThat(recipe.stream().batchSize()).isEqualTo(batch);
        assertThat(recipe.stream().epochs()).isEqualTo(epochs);
        assertThat(recipe.stream().stepSize()).isEqualTo(1);
        assertThat(recipe.stream().temperature()).isEqualTo(temperature);
    }

    /** Other tables and figures need neither, and the archives are large. */
    @Test
    void table3_aloneAsksForOtherImages() {
        for (String name : RecipeCatalogue.names()) {
            if (name.startsWith("paper/")) {
                boolean asked = name.startsWith("paper/cifar-10-be-4/") || name.startsWith("paper/cifar-100-be-4/");
                EvaluationPart evaluation = RecipeCatalogue.find(name).evaluation();
                assertThat(evaluation.outOfDistribution()).isEqualTo(asked ? List.of("svhn") : List.of());
                assertThat(evaluation.corruptions())
                        .isEqualTo(asked ? EvaluationPart.Corruptions.PUBLISHED : EvaluationPart.Corruptions.NONE);
            }
        }
    }

    /** Tables 1 and 2 share the teachers of WRN-28x10, table 5 those of table 1. */
    @Test
    void teachers_areTrainedOnceForAllTables() {
        assertThat(ensembleId("cifar-100-wrn-28-2/kd")).isEqualTo(ensembleId("cifar-100-be-4/kd"));
        assertThat(ensembleId("cifar-100-wrn-28-5/kd")).isEqualTo(ensembleId("cifar-100-be-4/kd"));
        assertThat(ensembleId("cifar-10-end2/from-4")).isEqualTo(ensembleId("cifar-10-be-4/confods"));
        assertThat(ensembleId("cifar-10-end2/from-8")).isEqualTo(ensembleId("cifar-10-be-8/confods"));
        assertThat(ensembleId("cifar-10-adversarial")).isEqualTo(ensembleId("cifar-10-be-4/confods"));
        assertThat(ensembleId("cifar-10-ods-external")).isEqualTo(ensembleId("cifar-10-be-4/confods"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32})
    void table5_distilsIntoOneNetwork(int size) {
        Recipe recipe = RecipeCatalogue.find("paper/cifar-10-end2/from-" + size);
        assertThat(recipe.ensemble().size()).isEqualTo(size);
        assertThat(recipe.student().architecture()).isEqualTo(Architecture.SINGLE);
        assertThat(recipe.student().objective()).isEqualTo(Objective.END2);
        assertThat(recipe.student().annealingTemperature()).isEqualTo(10);
        assertThat(recipe.student().smoothing()).isEqualTo(1e-4);
    }

    @Test
    void appendixA2AndFigure5_differFromTable1InThePerturbation() {
        Recipe ods = RecipeCatalogue.find("paper/cifar-10-be-4/ods");
        Recipe adversarial = RecipeCatalogue.find("paper/cifar-10-adversarial");
        Recipe external = RecipeCatalogue.find("paper/cifar-10-ods-external");
        assertThat(adversarial.student()).isEqualTo(ods.student());
        assertThat(adversarial.stream().perturbation()).isEqualTo(Perturbation.ADVERSARIAL);
        assertThat(external.student()).isEqualTo(ods.student());
        assertThat(external.stream().perturbation()).isEqualTo(Perturbation.ODS);
        assertThat(external.stream().guide()).isEqualTo(Guide.EXTERNAL);
    }

    private static String ensembleId(String recipe) {
        return identities(RecipeCatalogue.find("paper/" + recipe)).ensembleId();
    }

    private static Identities identities(Recipe recipe) {
        return Identities.of(recipe, new TreeMap<>());
    }
}
