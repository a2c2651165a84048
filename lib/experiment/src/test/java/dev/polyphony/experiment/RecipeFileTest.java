package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeFileTest {

    private static final String SHORTEST = """
            dataset: {name: fashion-mnist-small}
            ensemble: {architecture: resnet-8, width: 16, size: 4, batchSize: 128, learningRate: .1, weightDecay: 4e-4, epochs: 12, seed: 1}
            stream: {perturbation: gaussian, batchSize: 64, epochs: 13, seed: 2}
            student: {architecture: batch-ensemble, network: resnet-14, width: 8, subnetworks: 4, distillationWeight: 0.9, temperature: 3, learningRate: 0.1, weightDecay: 5E-4, seed: 3}
            """;

    private static final String IMPORTING =
            SHORTEST.replaceFirst("ensemble: \\{.*\\}", "ensemble: {imported: my-resnets, size: 4}");

    @Test
    void keysLeftOut_haveTheirDefaults() {
        assertThat(RecipeFile.parse("shortest", SHORTEST))
                .isEqualTo(new Recipe(
                        "shortest",
                        new DatasetPart("fashion-mnist-small", DatasetPart.Augmentation.NONE, 0),
                        new EnsemblePart.Trained("resnet-8", 16, 1, 4, 128, 0.1, 0.9, false, 4e-4, 5, 12, 1),
                        new StreamPart(
                                StreamPart.Perturbation.GAUSSIAN,
                                StreamPart.Guide.MEMBERS,
                                StreamPart.Outputs.PROBABILITIES,
                                1.0,
                                4,
                                StreamPart.Precision.FLOAT16,
                                64,
                                13,
                                2,
                                StreamPart.Recording.PACED),
                        new StudentPart(
                                StudentPart.Architecture.BATCH_ENSEMBLE,
                                "resnet-14",
                                8,
                                1,
                                4,
                                StudentPart.Objective.ONE_TO_ONE,
                                0.9,
                                3,
                                10,
                                1e-4,
                                0.1,
                                0.9,
                                false,
                                StudentPart.RankOne.NORMAL,
                                0.5,
                                0,
                                5e-4,
                                5,
                                4,
                                StudentPart.Selection.SUBNETWORKS,
                                3),
                        new EvaluationPart(
                                List.of(EvaluationPart.Split.VALIDATION, EvaluationPart.Split.TEST),
                                List.of(),
                                EvaluationPart.Corruptions.NONE)));
    }

    @Test
    void combinedLogits_needNoTemperature() {
        Recipe recipe = RecipeFile.parse("tashiro", SHORTEST.replace("gaussian", "ods, outputs: logits"));
        assertThat(recipe.stream().outputs()).isEqualTo(StreamPart.Outputs.LOGITS);
        assertThat(RecipeFile.parse("tashiro", RecipeFile.write(recipe))).isEqualTo(recipe);
    }

    @Test
    void everyKey_isMapped() {
        Recipe recipe = RecipeFile.parse("full", """
                dataset: {name: cifar-10, augmentation: crop-flip, trainSamples: 100}
                ensemble: {architecture: resnet-20, width: 2, stemStride: 2, size: 3, batchSize: 4, learningRate: 0.5, momentum: 0.6, nesterov: true, weightDecay: 0.07, warmupEpochs: 8, epochs: 90, seed: 10}
                stream: {perturbation: confods, guide: external, outputs: logits, stepSize: 2.5, temperature: 3.5, precision: float32, batchSize: 5, epochs: 60, seed: 7, record: whole}
                student: {architecture: batch-ensemble, network: resnet-26, width: 9, stemStride: 2, subnetworks: 2, objective: cross-entropy, distillationWeight: 0.25, temperature: 6, learningRate: 0.7, momentum: 0.8, nesterov: true, rankOneInitialisation: signs, rankOneLearningRateFactor: 0.75, rankOneWeightDecay: 0.02, weightDecay: 0.01, warmupEpochs: 11, repetitions: 4, selection: ensemble, seed: 12}
                evaluation: {splits: [test], outOfDistribution: [svhn, rotated], corruptions: local}
                """);
        assertThat(recipe)
                .isEqualTo(new Recipe(
                        "full",
                        new DatasetPart("cifar-10", DatasetPart.Augmentation.CROP_FLIP, 100),
                        new EnsemblePart.Trained("resnet-20", 2, 2, 3, 4, 0.5, 0.6, true, 0.07, 8, 90, 10),
                        new StreamPart(
                                StreamPart.Perturbation.CONFODS,
                                StreamPart.Guide.EXTERNAL,
                                StreamPart.Outputs.LOGITS,
                                2.5,
                                3.5,
                                StreamPart.Precision.FLOAT32,
                                5,
                                60,
                                7,
                                StreamPart.Recording.WHOLE),
                        new StudentPart(
                                StudentPart.Architecture.BATCH_ENSEMBLE,
                                "resnet-26",
                                9,
                                2,
                                2,
                                StudentPart.Objective.CROSS_ENTROPY,
                                0.25,
                                6,
                                10,
                                1e-4,
                                0.7,
                                0.8,
                                true,
                                StudentPart.RankOne.SIGNS,
                                0.75,
                                0.02,
                                0.01,
                                11,
                                4,
                                StudentPart.Selection.ENSEMBLE,
                                12),
                        new EvaluationPart(
                                List.of(EvaluationPart.Split.TEST),
                                List.of("svhn", "rotated"),
                                EvaluationPart.Corruptions.LOCAL)));
    }

    @Test
    void importedEnsemble_isReadAndWritten() {
        Recipe recipe = RecipeFile.parse("mine", IMPORTING);
        assertThat(recipe.ensemble()).isEqualTo(new EnsemblePart.Imported("my-resnets", 4));
        assertThat(recipe.trainedMembers()).isZero();
        assertThat(RecipeFile.parse("mine", RecipeFile.write(recipe))).isEqualTo(recipe);
        assertThat(RecipeFile.withStudentSeed(recipe, 7).ensemble()).isEqualTo(recipe.ensemble());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    size: 4 ! size: 4, width: 16 ! line 2: ensemble.width is written, but an imported ensemble is not trained here; leave it out
                    , size: 4 ! '' ! line 2: ensemble.size is missing; write a whole number from 1 to 64
                    size: 4 ! size: 3 ! line 4: student.subnetworks is 4, but the ensemble has 3 members; write 3
                    my-resnets ! ../x ! line 2: ensemble.imported is ../x, which is not a name; write a name of lower-case letters, digits and hyphens
                    gaussian ! ods, temperature: 4, guide: external ! line 3: stream.guide is external, but nothing can be trained like the members of an imported ensemble; leave it out
                    """)
    void importedEnsemble_hasItsOwnMistakes(String written, String instead, String message) {
        assertThat(IMPORTING).contains(written);
        assertThat(mistakes(IMPORTING.replace(written, instead)))
                .extracting(Mistake::toString)
                .containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    name: fashion-mnist-small ! nam: x ! line 1: dataset.nam is not a known key; did you mean dataset.name?
                    name: fashion-mnist-small ! augmentation: none ! line 1: dataset.name is missing; write a name of lower-case letters, digits and hyphens
                    name: fashion-mnist-small ! name: 'Fashion MNIST' ! line 1: dataset.name is Fashion MNIST, which is not a name; write a name of lower-case letters, digits and hyphens
                    size: 4 ! size: four ! line 2: ensemble.size is four, which is not a whole number; write a whole number from 1 to 64
                    size: 4 ! size: 4.5 ! line 2: ensemble.size is 4.5, which is not a whole number; write a whole number from 1 to 64
                    size: 4 ! size: "4" ! line 2: ensemble.size is "4", which is text in quotes; write a whole number from 1 to 64
                    size: 4 ! size: 65 ! line 2: ensemble.size is 65, which is out of range; write a whole number from 1 to 64
                    size: 4 ! size: 4, size: 4 ! line 2: ensemble.size is written twice; write it once
                    size: 4 ! size: [4] ! line 2: ensemble.size is a list or a mapping, not one value; write a whole number from 1 to 64
                    size: 4 ! size: ! line 2: ensemble.size has no value; write a whole number from 1 to 64
                    seed: 1 ! seed: 99999999999999999999 ! line 2: ensemble.seed is 99999999999999999999, which is out of range; write a whole number from 0 to 2147483647
                    weightDecay: 4e-4 ! weightDecay: NaN ! line 2: ensemble.weightDecay is NaN, which is not a number; write a number from 0 to 0.1
                    weightDecay: 4e-4 ! weightDecay: 1e999 ! line 2: ensemble.weightDecay is 1e999, which is out of range; write a number from 0 to 0.1
                    resnet-8 ! resnet-9 ! line 2: ensemble.architecture is resnet-9, but such networks have 6n+2 layers, 8 to 302; write resnet-8 or resnet-14
                    resnet-8 ! resnet-2 ! line 2: ensemble.architecture is resnet-2, but such networks have 6n+2 layers, 8 to 302; write resnet-8 or resnet-14
                    resnet-8 ! resnet-303 ! line 2: ensemble.architecture is resnet-303, but such networks have 6n+2 layers, 8 to 302; write resnet-296 or resnet-302
                    epochs: 12 ! epochs: 8 ! line 2: ensemble.warmupEpochs is 5 when left out, but ensemble.epochs is 8; write 1 to 4
                    epochs: 13 ! epochs: 2 ! line 4: student.warmupEpochs is 5 when left out, but stream.epochs is 2; write 1
                    perturbation: gaussian ! perturbation: confods ! line 3: stream.temperature is missing, but confods depends on it; write it, such as 4
                    perturbation: gaussian ! perturbation: gaussian, stepSize: 0 ! line 3: stream.stepSize is 0, which is out of range; write a number from 1e-6 to 255
                    perturbation: gaussian ! perturbation: noise ! line 3: stream.perturbation is noise, which is not known; write none | gaussian | ods | confods | adversarial
                    perturbation: gaussian ! perturbation: gaussian, guide: external ! line 3: stream.guide is external, but perturbation gaussian differentiates no network; leave it out, or write perturbation: ods
                    perturbation: gaussian ! perturbation: adversarial, temperature: 4, outputs: logits ! line 3: stream.outputs is logits, but perturbation adversarial combines no outputs at random; leave it out, or write perturbation: ods
                    perturbation: gaussian ! perturbation: gaussian, outputs: logits ! line 3: stream.outputs is logits, but perturbation gaussian combines no outputs at random; leave it out, or write perturbation: ods
                    perturbation: gaussian ! perturbation: confods, outputs: logits ! line 3: stream.temperature is missing, but confods depends on it; write it, such as 4
                    perturbation: gaussian ! perturbation: ods, outputs: logits, temperature: 1 ! line 3: stream.temperature is 1.0, but ods of logits has no use for it; leave it out
                    architecture: resnet-8, width: 16 ! architecture: wrn-28-10, width: 8 ! line 2: ensemble.width is 8, but wrn-28-10 has its width in its name; leave it out
                    resnet-14 ! wrn-27-2 ! line 4: student.network is wrn-27-2, but such networks have 6n+4 layers, 10 to 304; write wrn-22-2 or wrn-28-2
                    resnet-14 ! wrn-28-0 ! line 4: student.network is wrn-28-0, but such networks are 1 to 64 times as wide; write wrn-28-1 to wrn-28-64
                    resnet-14 ! vgg-16 ! line 4: student.network is vgg-16, which is not a network; write resnet-N
                    batch-ensemble ! single ! line 4: student.subnetworks is 4, but a single network has one; write 1
                    batch-ensemble ! single ! line 4: student.objective is one-to-one, but a single network cannot learn from 4 members so; write averaged, end2 or cross-entropy
                    batch-ensemble ! batch-ensemble, objective: end2 ! line 4: student.objective is end2, but only a single network learns so, not a batch-ensemble; write architecture: single, or another objective
                    batch-ensemble ! batch-ensemble, objective: end2 ! line 4: student.objective is end2, which learns on clean images, but the stream's are perturbed (gaussian); write perturbation: none in the stream, or another objective
                    batch-ensemble ! batch-ensemble, annealingTemperature: 5 ! line 4: student.annealingTemperature is 5.0, but objective one-to-one has no use for it; leave it out
                    batch-ensemble ! batch-ensemble, repetitions: 2 ! line 4: student.repetitions is 2, but a batch-ensemble student has no use for it; leave it out
                    batch-ensemble ! mimo, rankOneInitialisation: signs ! line 4: student.rankOneInitialisation is signs, but a mimo student has no use for it; leave it out
                    batch-ensemble ! batch-ensemble, smoothing: .1, objective: averaged ! line 4: student.smoothing is 0.1, but objective averaged has no use for it; leave it out
                    batch-ensemble ! batch-ensemble, nesterov: yes ! line 4: student.nesterov is yes, which is neither true nor false; write true | false
                    subnetworks: 4 ! subnetworks: 3 ! line 4: student.subnetworks is 3, but the ensemble has 4 members; write 4
                    distillationWeight: 0.9 ! distillationWeight: 1.5 ! line 4: student.distillationWeight is 1.5, which is out of range; write a number from 0 to 1
                    student: ! sudent: ! line 4: sudent is not a known key; did you mean student?
                    stream: { ! stream: 3 # { ! line 3: stream holds no keys; write its keys perturbation, guide, outputs, stepSize, temperature, precision, batchSize, epochs, seed, record
                    stream: { ! stream: {{ ! line 4: the file is not YAML
                    """)
    void mistake_isNamedWithItsLine(String written, String instead, String message) {
        assertThat(SHORTEST).contains(written);
        assertThat(mistakes(SHORTEST.replaceFirst(java.util.regex.Pattern.quote(written), instead)))
                .anySatisfy(mistake -> assertThat(mistake.toString()).startsWith(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    architecture: single, network: wrn-28-10, subnetworks: 1, objective: averaged ! none
                    architecture: single, network: resnet-20, subnetworks: 1, objective: cross-entropy ! gaussian
                    architecture: single, network: resnet-20, subnetworks: 1, objective: end2, annealingTemperature: 5, smoothing: 1e-3 ! none
                    architecture: mimo, network: wrn-28-10, subnetworks: 4 ! gaussian
                    architecture: mimo, network: wrn-28-10, subnetworks: 3, objective: cross-entropy ! none
                    architecture: batch-ensemble, network: resnet-20, subnetworks: 8, objective: averaged ! gaussian
                    """)
    void student_ofEveryKind_isRead(String student, String perturbation) {
        String yaml = SHORTEST.replace("gaussian", perturbation)
                .replace("architecture: batch-ensemble, network: resnet-14, width: 8, subnetworks: 4", student);
        StudentPart part = RecipeFile.parse("kind", yaml).student();
        assertThat(CanonicalJson.write(part)).contains(student.substring(14, student.indexOf(',')));
        assertThat(part.width()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    splits: [train] ! line 5: evaluation.splits is train, which is not known; write validation | test
                    splits: test ! line 5: evaluation.splits is not a list; write a list of 1 or more, each validation | test
                    splits: [] ! line 5: evaluation.splits is too short; write a list of 1 or more, each validation | test
                    splits: [test, test] ! line 5: evaluation.splits names the same thing twice; write each once
                    outOfDistribution: [SVHN] ! line 5: evaluation.outOfDistribution is SVHN, which is not a name; write a name of lower-case letters, digits and hyphens
                    corruptions: all ! line 5: evaluation.corruptions is all, which is not known; write none | local | published
                    """)
    void evaluation_refusesWhatThisVersionCannotScore(String key, String message) {
        assertThat(mistakes(SHORTEST + "evaluation: {" + key + "}"))
                .extracting(Mistake::toString)
                .containsExactly(message);
    }

    @Test
    void allMistakes_areReportedAtOnceInTheOrderOfLines() {
        String yaml = SHORTEST.replace("name:", "nome:")
                .replace("size: 4", "size: 0")
                .replace("epochs: 13", "epochs: 0")
                .replace("resnet-14", "resnet-15");
        assertThat(mistakes(yaml))
                .extracting(Mistake::line, Mistake::path)
                .extracting(Object::toString)
                .containsExactly(
                        "(1, \"dataset.nome\")",
                        "(1, \"dataset.name\")",
                        "(2, \"ensemble.size\")",
                        "(3, \"stream.epochs\")",
                        "(4, \"student.network\")");
        assertThatThrownBy(() -> RecipeFile.parse("mine", yaml))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("recipe mine cannot be used:\n  line 1: ")
                .hasMessageContaining("\n  line 4: ");
    }

    @Test
    void hostileText_isRefused() {
        assertThat(mistakes("")).extracting(Mistake::problem).containsExactly("is not a recipe");
        assertThat(mistakes("- a")).extracting(Mistake::problem).containsExactly("is not a recipe");
        assertThat(mistakes("[".repeat(50_000))).extracting(Mistake::problem).containsExactly("is nested too deeply");
        assertThat(mistakes("#".repeat(100_001)).get(0).problem()).startsWith("is longer than");
        assertThat(mistakes("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]")).isNotEmpty();
        assertThat(mistakes("a: &a {b: *a}")).isNotEmpty();
        assertThat(mistakes("a: 1\n---\na: 2")).isNotEmpty();
        assertThat(mistakes("a: !!java.lang.Object {}")).isNotEmpty();
    }

    /** The first took minutes, the second all of the stack, when their patterns were matched against them. */
    @Test
    void longValues_areRefusedUnmatched() {
        String number = SHORTEST.replace("weightDecay: 4e-4", "weightDecay: " + "1".repeat(90_000) + "x");
        assertThat(mistakes(number)).extracting(Mistake::problem).allMatch(problem -> problem.endsWith("is too long"));
        String name = SHORTEST.replace("fashion-mnist-small", "a-".repeat(40_000) + "a");
        assertThat(mistakes(name)).extracting(Mistake::problem).allMatch(problem -> problem.endsWith("is too long"));
    }

    @Test
    void manyMistakes_areCounted_andTheFirstOnesShown() {
        String yaml = SHORTEST + "k: 1\n".repeat(1_000);
        assertThat(mistakes(yaml)).hasSize(1_000);
        assertThatThrownBy(() -> RecipeFile.parse("mine", yaml))
                .hasMessageEndingWith("\n  and 975 more")
                .satisfies(refusal ->
                        assertThat(String.valueOf(refusal.getMessage()).lines()).hasSize(27));
    }

    @Test
    void fileName_isTheRecipesName(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("my.recipe.yml");
        Files.writeString(file, SHORTEST);
        assertThat(RecipeFile.load(file)).isEqualTo(RecipeFile.parse("my.recipe", SHORTEST));
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
        assertThatThrownBy(() -> RecipeFile.load(file))
                .isInstanceOf(InvalidRecipeException.class)
                .hasMessageContaining("is not UTF-8 text");
    }

    private static List<Mistake> mistakes(String yaml) {
        return catchThrowableOfType(InvalidRecipeException.class, () -> RecipeFile.parse("mine", yaml))
                .mistakes();
    }

    @Test
    void anotherStudentSeed_changesTheRunAlone() {
        for (String name : RecipeCatalogue.names()) {
            Recipe recipe = RecipeCatalogue.find(name);
            Recipe other = RecipeFile.withStudentSeed(recipe, 77);

            assertThat(other.student().seed()).isEqualTo(77);
            assertThat(other.name()).isEqualTo(name + "-seed-77");
            Identities before = Identities.of(recipe, new TreeMap<>());
            Identities after = Identities.of(other, new TreeMap<>());
            assertThat(after.streamId()).isEqualTo(before.streamId());
            assertThat(after.runId()).isNotEqualTo(before.runId());
            assertThat(RecipeFile.withStudentSeed(other, recipe.student().seed())
                            .student())
                    .isEqualTo(recipe.student());
        }
    }

    @Test
    void aWrittenRecipe_readsAsItWas() {
        for (String name : RecipeCatalogue.names()) {
            Recipe recipe = RecipeCatalogue.find(name);
            assertThat(RecipeFile.parse(name, RecipeFile.write(recipe))).isEqualTo(recipe);
        }
    }
}
