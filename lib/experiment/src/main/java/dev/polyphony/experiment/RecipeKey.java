package dev.polyphony.experiment;

import dev.polyphony.experiment.RecipeValue.Choice;
import dev.polyphony.experiment.RecipeValue.ListOf;
import dev.polyphony.experiment.RecipeValue.Name;
import dev.polyphony.experiment.RecipeValue.Real;
import dev.polyphony.experiment.RecipeValue.Whole;
import dev.polyphony.experiment.RecipeValue.YesNo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One key of a recipe. {@link #ALL} is the only place that says what may stand in a recipe: the reader, the records'
 * binding and the documentation follow it.
 *
 * @param part the part it stands in
 * @param name its name, equal to the component of the part's record
 * @param value what may stand there
 * @param fallback what it is when left out, as YAML; without it the key must be written
 * @param young whether it came after the first identities were given: at its fallback it is left out of them, so that
 *     what was made before keeps its name
 * @param description one sentence
 */
record RecipeKey(
        String part, String name, RecipeValue value, Optional<String> fallback, boolean young, String description) {

    /** Parts in the order in which a recipe names them. */
    static final List<String> PARTS = List.of("dataset", "ensemble", "stream", "student", "evaluation");

    /** In an ensemble that is not trained here it stands instead of how. */
    private static final String IMPORTED = "imported";

    private static final RecipeValue SEED = new Whole(0, Integer.MAX_VALUE);
    private static final RecipeValue WIDTH = new Whole(1, 256);
    private static final RecipeValue STRIDE = new Whole(1, 2);
    private static final RecipeValue BATCH_SIZE = new Whole(1, 4096);
    private static final RecipeValue EPOCHS = new Whole(1, 10_000);
    private static final RecipeValue MEMBERS = new Whole(1, EnsemblePart.LARGEST);
    private static final RecipeValue WARMUP = new Whole(1, 5_000);
    private static final RecipeValue LEARNING_RATE = new Real("1e-6", "10");
    private static final RecipeValue MOMENTUM = new Real("0", "0.999");
    private static final RecipeValue WEIGHT_DECAY = new Real("0", "0.1");
    private static final RecipeValue TEMPERATURE = new Real("0.01", "1000");

    private static final String WARMUP_MEANING =
            "Epoch, counted from 1, in which the learning rate is first full; it rises from 1 % to there.";

    private static final String WIDTH_MEANING =
            "Channels of the first stage, before the factor of a `wrn-D-K`, which needs the 16 of the paper.";
    private static final String NESTEROV_MEANING =
            "Whether the momentum is Nesterov's; the paper's is not, its MIMO baseline's and others' is.";

    /** Every key, in the order of the records' components. */
    static final List<RecipeKey> ALL = List.of(
            key("dataset", "name", new Name(), "Data set, by its name in the catalogue of data sets."),
            key(
                    "dataset",
                    "augmentation",
                    Choice.of(DatasetPart.Augmentation.class),
                    "none",
                    "What happens to a training image each time it is drawn; `crop-flip` pads by 4 (TinyImageNet by 8), crops and mirrors."),
            key(
                    "dataset",
                    "trainSamples",
                    new Whole(0, 10_000_000),
                    "0",
                    "How many training images are used, from the first on; 0 means all."),
            key(
                    "ensemble",
                    IMPORTED,
                    new Name(),
                    "Instead of the keys below but `size`: the name under which members trained elsewhere were imported."),
            key("ensemble", "architecture", new ResidualNetwork(), "Network of every member."),
            key("ensemble", "width", WIDTH, "16", WIDTH_MEANING),
            key(
                    "ensemble",
                    "stemStride",
                    STRIDE,
                    "1",
                    "Stride of the first convolution; 2 needs a quarter of the arithmetic, the paper uses 1."),
            key("ensemble", "size", MEMBERS, "Number of members, M."),
            key("ensemble", "batchSize", BATCH_SIZE, "Images per minibatch."),
            key("ensemble", "learningRate", LEARNING_RATE, "Full learning rate; the schedule multiplies it."),
            key("ensemble", "momentum", MOMENTUM, "0.9", "Momentum of stochastic gradient descent."),
            young("ensemble", "nesterov", new YesNo(), "false", NESTEROV_MEANING),
            key("ensemble", "weightDecay", WEIGHT_DECAY, "L2 penalty, added to the gradient."),
            key("ensemble", "warmupEpochs", WARMUP, "5", WARMUP_MEANING),
            key("ensemble", "epochs", EPOCHS, "Passes over the training images."),
            key("ensemble", "seed", SEED, "Of initial weights and data order; every member derives its own."),
            key(
                    "stream",
                    "perturbation",
                    Choice.of(StreamPart.Perturbation.class),
                    "What is added to the images for distillation: nothing, normal noise, output diversified sampling"
                            + " (paper, eq. 3), the same scaled by the teacher's confidence (paper, eq. 8), or a step"
                            + " away from the label (paper, appendix A.2)."),
            young(
                    "stream",
                    "guide",
                    Choice.of(StreamPart.Guide.class),
                    "members",
                    "Whose outputs `ods`, `confods` and `adversarial` differentiate: a random member's, or those of one"
                            + " further network, trained like the members, that nothing is distilled from (paper,"
                            + " fig. 5)."),
            young(
                    "stream",
                    "outputs",
                    Choice.of(StreamPart.Outputs.class),
                    "probabilities",
                    "Which outputs `ods` and `confods` combine at random: softened probabilities as in the authors' code, or"
                            + " logits (Tashiro et al., 2020). The confidence of `confods` is a softened probability in"
                            + " either case."),
            key(
                    "stream",
                    "stepSize",
                    new Real("1e-6", "255"),
                    "1.0",
                    "Size of the perturbation in 1/255 of the pixel range."),
            key(
                    "stream",
                    "temperature",
                    TEMPERATURE,
                    "4",
                    "Softens the teacher's softmax inside the perturbation; must be written for `ods`, `confods` and `adversarial`."
                            + " `ods` of logits has no use for it."),
            key(
                    "stream",
                    "precision",
                    Choice.of(StreamPart.Precision.class),
                    "float16",
                    "Number format in which the perturbation travels."),
            key("stream", "batchSize", BATCH_SIZE, "Images per minibatch, the student's too."),
            key("stream", "epochs", EPOCHS, "Passes over the training images, the student's too."),
            key("stream", "seed", SEED, "Of data order, augmentation, chosen member, noise and guide vectors."),
            key(
                    "stream",
                    "record",
                    Choice.of(StreamPart.Recording.class),
                    "paced",
                    "Whether the recording keeps a bounded lead over its students or is written whole; changes no result"
                            + " and no identity."),
            key(
                    "student",
                    "architecture",
                    Choice.of(StudentPart.Architecture.class),
                    "Kind of student: subnetworks that share all weights up to rank-one factors, one network with an"
                            + " input and an output per subnetwork (paper, appendix A.3), or one plain network."),
            key("student", "network", new ResidualNetwork(), "Its backbone."),
            key("student", "width", WIDTH, "16", WIDTH_MEANING),
            key("student", "stemStride", STRIDE, "1", "Stride of the first convolution."),
            key("student", "subnetworks", MEMBERS, "Number of subnetworks; one per member for `one-to-one`."),
            key(
                    "student",
                    "objective",
                    Choice.of(StudentPart.Objective.class),
                    "one-to-one",
                    "What is minimised: distillation of member m into subnetwork m (paper, eqs. 2 and 5),"
                            + " of the members' mean into every subnetwork (Hinton et al., 2015), of the members into"
                            + " a Dirichlet distribution (END2; paper, appendix A.4), or cross-entropy on the labels"
                            + " alone."),
            key(
                    "student",
                    "distillationWeight",
                    new Real("0", "1"),
                    "Share of the distillation term, the paper's alpha; `cross-entropy` and `end2` ignore it."),
            key(
                    "student",
                    "temperature",
                    TEMPERATURE,
                    "Softens both softmaxes of the distillation term; `cross-entropy` and `end2` ignore it."),
            young(
                    "student",
                    "annealingTemperature",
                    new Real("1", "1000"),
                    "10",
                    "Temperature of `end2` in the first third of the epochs; it falls to 1 in the second third."),
            young(
                    "student",
                    "smoothing",
                    new Real("0", "0.5"),
                    "1e-4",
                    "Share of the uniform distribution in the probabilities that `end2` learns from."),
            key("student", "learningRate", LEARNING_RATE, "Full learning rate; the schedule multiplies it."),
            key("student", "momentum", MOMENTUM, "0.9", "Momentum of stochastic gradient descent."),
            young("student", "nesterov", new YesNo(), "false", NESTEROV_MEANING),
            young(
                    "student",
                    "rankOneInitialisation",
                    Choice.of(StudentPart.RankOne.class),
                    "normal",
                    "How rank-one factors begin: normal with mean 1 and standard deviation 0.5 as in the authors' code, or"
                            + " signs, 1 or -1 (Wen et al., 2020)."),
            key(
                    "student",
                    "rankOneLearningRateFactor",
                    new Real("0", "10"),
                    "0.5",
                    "Multiplies the learning rate of the rank-one factors."),
            young(
                    "student",
                    "rankOneWeightDecay",
                    WEIGHT_DECAY,
                    "0",
                    "L2 penalty of the rank-one factors; the paper's have none, other implementations treat them as all"
                            + " weights."),
            key("student", "weightDecay", WEIGHT_DECAY, "L2 penalty of all other parameters, added to the gradient."),
            key("student", "warmupEpochs", WARMUP, "5", WARMUP_MEANING),
            young(
                    "student",
                    "repetitions",
                    new Whole(1, EnsemblePart.LARGEST),
                    "4",
                    "Times that each image of a minibatch is shown to each input of a `mimo` network."),
            young(
                    "student",
                    "selection",
                    Choice.of(StudentPart.Selection.class),
                    "subnetworks",
                    "Which accuracy on the validation split chooses the student among the checkpoints: the subnetworks',"
                            + " averaged, as in the authors' code, or that of their mean prediction."),
            key("student", "seed", SEED, "Of initial weights."),
            key(
                    "evaluation",
                    "splits",
                    new ListOf(Choice.of(EvaluationPart.Split.class), 1),
                    "[validation, test]",
                    "Splits whose scores are reported. A student's checkpoints are scored on the validation split in any"
                            + " case, for by that alone the student is chosen."),
            key(
                    "evaluation",
                    "outOfDistribution",
                    new ListOf(new Name(), 0),
                    "[]",
                    "Sets of other classes that the ensemble and the finished student are shown: `rotated`, the test images"
                            + " turned by 90 degrees, or `svhn`."),
            key(
                    "evaluation",
                    "corruptions",
                    Choice.of(EvaluationPart.Corruptions.class),
                    "none",
                    "Corrupted copies of the test split, 15 corruptions at 5 severities, on which both are scored too:"
                            + " made here, or those published for CIFAR."));

    String path() {
        return part + "." + name;
    }

    /** Its value when left out. */
    Object fallbackValue() {
        return value.read(Yaml.node(fallback.orElseThrow()));
    }

    static List<RecipeKey> of(String part) {
        return ALL.stream().filter(key -> key.part.equals(part)).toList();
    }

    /**
     * The keys of a part that go together: those of an ensemble that is trained, or imported.
     *
     * @param written names of keys that stand there
     */
    static List<RecipeKey> of(String part, Set<String> written) {
        boolean imported = written.contains(IMPORTED);
        return of(part).stream()
                .filter(key -> !part.equals("ensemble") || key.standsIn(imported))
                .toList();
    }

    private boolean standsIn(boolean imported) {
        return name.equals("size") || name.equals(IMPORTED) == imported;
    }

    private static RecipeKey key(String part, String name, RecipeValue value, String description) {
        return new RecipeKey(part, name, value, Optional.empty(), false, description);
    }

    private static RecipeKey key(String part, String name, RecipeValue value, String fallback, String description) {
        return new RecipeKey(part, name, value, Optional.of(fallback), false, description);
    }

    private static RecipeKey young(String part, String name, RecipeValue value, String fallback, String description) {
        return new RecipeKey(part, name, value, Optional.of(fallback), true, description);
    }
}
