package dev.polyphony.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the keys of a recipe. Each rule is silent where a key it needs could not be read. */
final class RecipeConsistency {

    /** The rules in words, for the documentation. */
    static final List<String> RULES = List.of(
            "`student.subnetworks` equals `ensemble.size` when `student.objective` is `one-to-one`.",
            "`student.subnetworks` is 1 when `student.architecture` is `single`, which learns `one-to-one` only from an"
                    + " ensemble of one member.",
            "`student.objective` is `end2` only when `student.architecture` is `single` and `stream.perturbation` is"
                    + " `none`; `student.annealingTemperature` and `student.smoothing` are for `end2` alone.",
            "`student.repetitions` is for `mimo` alone, `student.rankOneInitialisation` and `student.rankOneWeightDecay` for"
                    + " `batch-ensemble`.",
            "`width` is 16 when a network is a `wrn-D-K`.",
            "`stream.temperature` is written when `stream.perturbation` is `ods`, `confods` or `adversarial`, unless it is"
                    + " `ods` of `logits`, which has no use for it.",
            "`stream.outputs` is `logits` only when `stream.perturbation` is `ods` or `confods`.",
            "`stream.guide` is `external` only when `stream.perturbation` is one of these, and the ensemble is trained"
                    + " here.",
            "`ensemble.imported` stands with `ensemble.size` alone.",
            "`ensemble.warmupEpochs` is at most half of `ensemble.epochs`, and `student.warmupEpochs` at most half of"
                    + " `stream.epochs` (with a single epoch: 1), because the learning rate begins to fall there.");

    /** Perturbations that differentiate an ensemble member. */
    private static final Set<String> DIFFERENTIATED = Set.of("ods", "confods", "adversarial");

    private final Map<String, Object> values;
    private final Map<String, Integer> lines;
    private final List<Mistake> mistakes;

    private RecipeConsistency(Map<String, Object> values, Map<String, Integer> lines, List<Mistake> mistakes) {
        this.values = values;
        this.lines = lines;
        this.mistakes = mistakes;
    }

    /** Adds what is wrong to {@code mistakes}; {@code lines} holds the written keys and the parts. */
    static void check(Map<String, Object> values, Map<String, Integer> lines, List<Mistake> mistakes) {
        RecipeConsistency rules = new RecipeConsistency(values, lines, mistakes);
        rules.oneSubnetworkPerMember();
        new StudentRules(values, rules::mistake).check();
        rules.widthOfAWideNetwork("ensemble.width", "ensemble.architecture");
        rules.widthOfAWideNetwork("student.width", "student.network");
        rules.outputsOfADirection();
        rules.temperatureOfTheTeacher();
        rules.guideOfADirection();
        rules.guideTrainedLikeTheMembers();
        rules.warmupBeforeDecay("ensemble.warmupEpochs", "ensemble.epochs");
        rules.warmupBeforeDecay("student.warmupEpochs", "stream.epochs");
    }

    private void oneSubnetworkPerMember() {
        if ("one-to-one".equals(values.get("student.objective"))
                && !"single".equals(values.get("student.architecture"))
                && values.get("student.subnetworks") instanceof Integer subnetworks
                && values.get("ensemble.size") instanceof Integer size
                && !subnetworks.equals(size)) {
            mistake(
                    "student.subnetworks",
                    "is " + subnetworks + ", but the ensemble has " + size + (size == 1 ? " member" : " members"),
                    "write " + size);
        }
    }

    private void widthOfAWideNetwork(String widthPath, String networkPath) {
        if (values.get(networkPath) instanceof String network
                && ResidualNetwork.isWide(network)
                && values.get(widthPath) instanceof Integer width
                && width != 16) {
            mistake(widthPath, "is " + width + ", but " + network + " has its width in its name", "leave it out");
        }
    }

    private void outputsOfADirection() {
        if ("logits".equals(values.get("stream.outputs"))
                && values.get("stream.perturbation") instanceof String perturbation
                && !perturbation.equals("ods")
                && !perturbation.equals("confods")) {
            mistake(
                    "stream.outputs",
                    "is logits, but perturbation " + perturbation + " combines no outputs at random",
                    "leave it out, or write perturbation: ods");
        }
    }

    private void temperatureOfTheTeacher() {
        Object perturbation = values.get("stream.perturbation");
        if ("ods".equals(perturbation) && "logits".equals(values.get("stream.outputs"))) {
            unusedTemperature();
            return;
        }
        if (perturbation instanceof String kind
                && DIFFERENTIATED.contains(kind)
                && values.containsKey("stream.temperature")
                && !lines.containsKey("stream.temperature")) {
            mistake("stream.temperature", "is missing, but " + perturbation + " depends on it", "write it, such as 4");
        }
    }

    /** A key that would be ignored, yet changes the identity, is a mistake unless it has its default. */
    private void unusedTemperature() {
        Object usual = RecipeKey.of("stream").stream()
                .filter(key -> key.name().equals("temperature"))
                .map(RecipeKey::fallbackValue)
                .findFirst()
                .orElseThrow();
        if (values.get("stream.temperature") instanceof Double temperature && !temperature.equals(usual)) {
            mistake(
                    "stream.temperature",
                    "is " + temperature + ", but ods of logits has no use for it",
                    "leave it out");
        }
    }

    private void guideOfADirection() {
        if ("external".equals(values.get("stream.guide"))
                && values.get("stream.perturbation") instanceof String perturbation
                && !DIFFERENTIATED.contains(perturbation)) {
            mistake(
                    "stream.guide",
                    "is external, but perturbation " + perturbation + " differentiates no network",
                    "leave it out, or write perturbation: ods");
        }
    }

    private void guideTrainedLikeTheMembers() {
        if ("external".equals(values.get("stream.guide")) && values.containsKey("ensemble.imported")) {
            mistake(
                    "stream.guide",
                    "is external, but nothing can be trained like the members of an imported ensemble",
                    "leave it out");
        }
    }

    private void warmupBeforeDecay(String warmupPath, String epochsPath) {
        if (values.get(warmupPath) instanceof Integer warmup && values.get(epochsPath) instanceof Integer epochs) {
            int most = Math.max(1, epochs / 2);
            if (warmup > most) {
                String origin = lines.containsKey(warmupPath) ? "" : " when left out";
                mistake(warmupPath, "is " + warmup + origin + ", but " + epochsPath + " is " + epochs, atMost(most));
            }
        }
    }

    private static String atMost(int most) {
        return most == 1 ? "write 1" : "write 1 to " + most;
    }

    private void mistake(String path, String problem, String remedy) {
        String part = path.substring(0, path.indexOf('.'));
        Integer line = lines.getOrDefault(path, lines.get(part));
        mistakes.add(new Mistake(line == null ? 1 : line, path, problem, remedy));
    }
}
