package dev.polyphony.launcher.cluster.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.FakeCluster;
import dev.polyphony.models.InputRange;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ImportedEnsemble;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.MemberFile;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {

    private static final String RECIPE = "fashion-mnist-small";
    private static final String OTHER_STUDENT = "fashion-mnist-small-no-distillation";

    @TempDir
    private Path directory = Path.of("");

    private FakeCluster cluster;

    @BeforeAll
    static void kubectl() throws InterruptedException {
        FakeCluster.assumeKubectl();
    }

    @BeforeEach
    void start() throws Exception {
        cluster = new FakeCluster(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static Identities identities(String recipe) {
        return Experiment.open(recipe, Path.of("none")).identities();
    }

    private Job job(String name) {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(name)
                .get();
    }

    private Deployment deployment(String name) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(name)
                .get();
    }

    private GenericKubernetesResource custom(String version, String kind, String name) {
        return cluster.client()
                .genericKubernetesResources(version, kind)
                .inNamespace(FakeCluster.NAMESPACE)
                .withName(name)
                .get();
    }

    private void change(String name, Consumer<Job> change) {
        Job job = job(name);
        change.accept(job);
        cluster.client().resource(job).update();
    }

    private void condition(String name, String type, String reason) {
        change(
                name,
                job -> job.setStatus(new JobStatusBuilder()
                        .addNewCondition()
                        .withType(type)
                        .withStatus("True")
                        .withReason(reason)
                        .endCondition()
                        .build()));
    }

    private Path variant(String name, String from, String to) throws Exception {
        String yaml = RecipeCatalogue.yaml(RECIPE);
        assertThat(yaml).contains(from);
        return Files.writeString(directory.resolve(name + ".yaml"), yaml.replace(from, to));
    }

    @Test
    void submit_createsEverythingUnderTheRecipesNames() {
        Identities ids = identities(RECIPE);
        assertThat(cluster.run("submit", RECIPE)).as(cluster.err()).isZero();

        assertThat(cluster.out().lines())
                .contains(
                        "created    ServiceAccount polyphony",
                        "created    Kafka polyphony",
                        "created    Job ensemble-" + ids.ensembleId(),
                        "created    Deployment perturb-service-" + ids.streamId(),
                        "created    Deployment teacher-service-" + ids.streamId(),
                        "created    PodDisruptionBudget perturb-service-" + ids.streamId(),
                        "created    Job student-trainer-" + ids.runId(),
                        "created    Deployment evaluator-" + ids.runId(),
                        "  polyphony status --namespace demo",
                        "  polyphony fetch " + ids.runId() + " --namespace demo");
        Deployment teacher = deployment("teacher-service-" + ids.streamId());
        assertThat(teacher.getSpec().getSelector().getMatchLabels())
                .containsEntry("polyphony.dev/stream", ids.streamId())
                .containsEntry("app.kubernetes.io/name", "teacher-service")
                .doesNotContainKey("polyphony.dev/run");
        assertThat(teacher.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(teacher.getSpec().getSelector().getMatchLabels())
                .containsEntry("polyphony.dev/ensemble", ids.ensembleId());
        assertThat(teacher.getSpec().getReplicas()).as("left to whoever scales").isNull();
        Job trainer = job("student-trainer-" + ids.runId());
        assertThat(trainer.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(Map.of(
                        "polyphony.dev/run", ids.runId(),
                        "polyphony.dev/stream", ids.streamId(),
                        "polyphony.dev/ensemble", ids.ensembleId()));
        Job ensemble = job("ensemble-" + ids.ensembleId());
        assertThat(ensemble.getSpec().getCompletions()).isEqualTo(4);
        assertThat(ensemble.getSpec().getParallelism()).as("the overlay's").isEqualTo(1);
        String recipe = new Workload(trainer.getSpec().getTemplate()).recipe().orElseThrow();
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(FakeCluster.NAMESPACE)
                        .withName(recipe)
                        .get()
                        .getData())
                .containsEntry("recipe.yaml", RecipeCatalogue.yaml(RECIPE));
    }

    @Test
    void budgets_selectTheStreamsPodsAlone() {
        Identities ids = identities(RECIPE);
        cluster.run("submit", RECIPE);
        assertThat(cluster.client()
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(FakeCluster.NAMESPACE)
                        .withName("teacher-service-" + ids.streamId())
                        .get()
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .containsEntry("polyphony.dev/stream", ids.streamId());
    }

    @Test
    void twice_changesNothing() {
        cluster.run("submit", RECIPE);
        cluster.writes().clear();

        assertThat(cluster.run("submit", RECIPE)).as(cluster.err()).isZero();
        assertThat(cluster.out().lines()).noneMatch(line -> line.startsWith("created") || line.startsWith("changed"));
        assertThat(cluster.out()).contains("unchanged  Kafka polyphony", "at work");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void recipesOfOneStream_shareItAndItsEnsemble() {
        Identities first = identities(RECIPE);
        Identities second = identities(OTHER_STUDENT);
        assertThat(second.streamId()).isEqualTo(first.streamId());
        cluster.run("submit", RECIPE);
        cluster.writes().clear();

        assertThat(cluster.run("submit", OTHER_STUDENT)).as(cluster.err()).isZero();
        assertThat(cluster.out().lines().filter(line -> !line.startsWith("unchanged")))
                .anyMatch(line -> line.equals("created    Job student-trainer-" + second.runId()))
                .anyMatch(line -> line.equals("created    Deployment evaluator-" + second.runId()))
                .noneMatch(line -> line.startsWith("changed"));
        assertThat(cluster.writes())
                .hasSize(3)
                .allMatch(path -> path.contains("polyphony-recipe-") || path.endsWith(second.runId()));
        assertThat(new Workload(job("student-trainer-" + second.runId())
                                .getSpec()
                                .getTemplate())
                        .recipe())
                .isNotEqualTo(new Workload(job("student-trainer-" + first.runId())
                                .getSpec()
                                .getTemplate())
                        .recipe());
    }

    @Test
    void recipesOfOneEnsemble_haveStreamsOfTheirOwn() throws Exception {
        Path other = variant("other", "epochs: 20", "epochs: 2");
        Identities first = identities(RECIPE);
        Identities second = identities(other.toString());
        assertThat(second.ensembleId()).isEqualTo(first.ensembleId());
        cluster.run("submit", RECIPE);
        cluster.writes().clear();

        assertThat(cluster.run("submit", other.toString())).as(cluster.err()).isZero();
        assertThat(cluster.out())
                .contains(
                        "unchanged  Job ensemble-" + first.ensembleId(),
                        "created    Deployment perturb-service-" + second.streamId());
        assertThat(cluster.writes()).noneMatch(path -> path.contains(first.streamId()));
        assertThat(deployment("perturb-service-" + first.streamId())
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .isNotEqualTo(deployment("perturb-service-" + second.streamId())
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    @Test
    void finishedJobs_areLeftAlone() {
        Identities ids = identities(RECIPE);
        cluster.run("submit", RECIPE);
        for (String name : List.of("ensemble-" + ids.ensembleId(), "student-trainer-" + ids.runId())) {
            condition(name, "Complete", "CompletionsReached");
            // Another version's images: what it trained stands all the same.
            change(name, job -> job.getMetadata().getAnnotations().put(JobTemplate.HASH, "another"));
        }
        cluster.writes().clear();

        assertThat(cluster.run("submit", RECIPE)).as(cluster.err()).isZero();
        assertThat(cluster.out())
                .contains(
                        "unchanged  Job ensemble-" + ids.ensembleId() + ": already trained",
                        "unchanged  Job student-trainer-" + ids.runId() + ": already learned");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void changedJob_isRefusedBeforeAnythingIsApplied() {
        String name = "student-trainer-" + identities(OTHER_STUDENT).runId();
        cluster.run("submit", OTHER_STUDENT);
        change(name, job -> job.getMetadata().getAnnotations().put(JobTemplate.HASH, "another"));
        cluster.client().configMaps().inNamespace(FakeCluster.NAMESPACE).delete();
        cluster.writes().clear();

        assertThat(cluster.run("submit", OTHER_STUDENT)).isEqualTo(2);
        assertThat(cluster.err().lines())
                .singleElement()
                .asString()
                .contains("Job " + name, "cannot change", "kubectl delete job " + name + " --namespace demo");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void jobTemplate_differsWithTheImageButNotWithTheRecipe() {
        cluster.run("submit", RECIPE);
        Job job = job("ensemble-" + identities(RECIPE).ensembleId());
        Job other = job("ensemble-" + identities(RECIPE).ensembleId());
        new Workload(other.getSpec().getTemplate()).readRecipeFrom("another-recipe");
        JobTemplate.mark(job);
        JobTemplate.mark(other);
        assertThat(JobTemplate.differ(job, other)).isFalse();

        other.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("polyphony/teacher-service:9");
        JobTemplate.mark(other);
        assertThat(JobTemplate.differ(job, other)).isTrue();
    }

    @Test
    void failedJob_isToldWithTheWayOut() {
        String name = "ensemble-" + identities(RECIPE).ensembleId();
        cluster.run("submit", RECIPE);
        condition(name, "Failed", "PodFailurePolicy");

        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err())
                .contains("has failed (PodFailurePolicy)", "polyphony logs", "kubectl delete job " + name);
    }

    @Test
    void externalGuide_isOneMemberMore() throws Exception {
        Path guided = variant("guided", "perturbation: confods", "perturbation: confods\n  guide: external");
        String name = "ensemble-" + identities(guided.toString()).ensembleId();
        assertThat(name).isEqualTo("ensemble-" + identities(RECIPE).ensembleId());
        assertThat(cluster.run("submit", guided.toString())).as(cluster.err()).isZero();
        assertThat(job(name).getSpec().getCompletions()).isEqualTo(5);
        assertThat(cluster.run("submit", RECIPE)).as("five are enough").isZero();
        assertThat(job(name).getSpec().getCompletions()).isEqualTo(5);
    }

    @Test
    void externalGuideOfATrainedEnsemble_isToldToTrain() throws Exception {
        Path guided = variant("guided", "perturbation: confods", "perturbation: confods\n  guide: external");
        String name = "ensemble-" + identities(RECIPE).ensembleId();
        cluster.run("submit", RECIPE);
        condition(name, "Complete", "CompletionsReached");

        assertThat(cluster.run("submit", guided.toString())).isEqualTo(2);
        assertThat(cluster.err()).contains("trains 4 members, and this recipe needs 5", "kubectl delete job " + name);
    }

    @Test
    void production_givesUsersOfTheStreamTheServicesRights() throws Exception {
        Path other = variant("other", "epochs: 20", "epochs: 2");
        Identities ids = identities(other.toString());
        assertThat(cluster.run("submit", other.toString(), "--overlay", "production"))
                .as(cluster.err())
                .isZero();
        GenericKubernetesResource user =
                custom("kafka.strimzi.io/v1", "KafkaUser", "teacher-service-" + ids.streamId());
        List<Map<String, Object>> acls = user.get("spec", "authorization", "acls");
        assertThat(acls)
                .contains(
                        Map.of(
                                "resource",
                                Map.of("type", "topic", "name", "polyphony." + ids.streamId() + ".logits"),
                                "operations",
                                List.of("Read", "Write")),
                        Map.of(
                                "resource",
                                Map.of(
                                        "type",
                                        "transactionalId",
                                        "name",
                                        "polyphony.teacher." + ids.streamId() + ".",
                                        "patternType",
                                        "prefix"),
                                "operations",
                                List.of("Write")));
        assertThat(acls.toString()).doesNotContain(identities(RECIPE).streamId());
        assertThat(deployment("teacher-service-" + ids.streamId())
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .anyMatch(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null
                        && variable.getValueFrom()
                                .getSecretKeyRef()
                                .getName()
                                .equals("teacher-service-" + ids.streamId()));
        GenericKubernetesResource scaled =
                custom("keda.sh/v1alpha1", "ScaledObject", "teacher-service-" + ids.streamId());
        assertThat(scaled.<String>get("spec", "scaleTargetRef", "name")).isEqualTo("teacher-service-" + ids.streamId());
        assertThat(scaled.<Object>get("spec", "triggers").toString())
                .contains("{namespace=\"demo\",stream=\"" + ids.streamId() + "\"}");
        Job ensemble = job("ensemble-" + ids.ensembleId());
        assertThat(ensemble.getSpec().getParallelism()).isEqualTo(4);
    }

    @Test
    void anotherOverlay_isRefused() {
        cluster.run("submit", RECIPE, "--overlay", "gpu");
        cluster.writes().clear();
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err()).contains("was set up with the overlay gpu, not cpu: give --overlay gpu");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void overlayOfOnesOwn_isAllowed() throws Exception {
        Path own = Files.createDirectory(directory.resolve("mine")).toRealPath();
        Path base = own.relativize(Path.of("../k8s/overlays/cpu").toRealPath());
        Files.writeString(
                own.resolve("kustomization.yaml"),
                "resources: [" + base
                        + "]\nimages:\n  - {name: polyphony/evaluator, newName: my.registry/evaluator}\n");
        assertThat(cluster.run("submit", OTHER_STUDENT, "--overlay", own.toString()))
                .as(cluster.err())
                .isZero();
        assertThat(deployment("evaluator-" + identities(OTHER_STUDENT).runId())
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .startsWith("my.registry/evaluator:");
    }

    @Test
    void overlayThatCannotBeRendered_isToldInKubectlsWords() throws Exception {
        Path own = Files.createDirectory(directory.resolve("mine"));
        Files.writeString(own.resolve("kustomization.yaml"), "resources: [nowhere.yaml]\n");
        assertThat(cluster.run("submit", RECIPE, "--overlay", own.toString())).isEqualTo(2);
        assertThat(cluster.err()).contains("kubectl cannot render the overlay " + own, "nowhere.yaml");
        assertThat(cluster.run("submit", RECIPE, "--overlay", "cpuu")).isEqualTo(2);
        assertThat(cluster.err()).contains("there is no overlay cpuu: --overlay takes cpu, gpu, production");
    }

    @Test
    void noKubectl_isAMistake() {
        Overlay overlay = Overlay.find("cpu", Path.of(".."));
        assertThatThrownBy(() -> overlay.render("no-such-kubectl"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageStartingWith("there is no no-such-kubectl, which renders the manifests: install kubectl");
    }

    @Test
    void unknownNamespace_isAMistake() {
        assertThat(cluster.run("submit", RECIPE, "--namespace", "nowhere")).isEqualTo(2);
        assertThat(cluster.err().lines())
                .singleElement()
                .asString()
                .contains("there is no namespace nowhere", "kubectl create namespace nowhere");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void missingKinds_areToldWithWhoBringsThem() {
        cluster.lack("kafka.strimzi.io/v1");
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err())
                .contains("Kafka, KafkaNodePool, KafkaTopic (kafka.strimzi.io/v1), which Strimzi brings");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void whatIsForbidden_isToldBeforeAnythingIsApplied() {
        cluster.refuse("/deployments/evaluator-" + identities(RECIPE).runId(), 403);
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err()).startsWith("polyphony: you may not look at Deployment evaluator-");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void whatTheServerWouldRefuse_isToldBeforeAnythingIsApplied() {
        String name = "student-trainer-" + identities(RECIPE).runId();
        String path = "/apis/batch/v1/namespaces/demo/jobs/" + name;
        cluster.refuseApplying(path, 422);
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err().lines())
                .singleElement()
                .asString()
                .startsWith("polyphony: cannot apply Job " + name + ": no to PATCH " + path);
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasSet_isNotTakenOver() {
        cluster.refuseApplying("/apis/kafka.strimzi.io/v1/namespaces/demo/kafkas/polyphony", 409);
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err()).contains("cannot apply Kafka polyphony: somebody else has set what would be changed");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void classesNobodyMayLookAt_areTakenAsThere() {
        cluster.refuse("/priorityclasses/polyphony-student", 403);
        assertThat(cluster.run("submit", RECIPE)).as(cluster.err()).isZero();
        assertThat(cluster.out()).contains("PriorityClass polyphony-student: you may not look whether it is there");
    }

    @Test
    void recipeWithMistakes_isToldBeforeTheClusterIsAsked() throws Exception {
        Path wrong = variant("wrong", "epochs: 20", "epochs: many");
        assertThat(cluster.run("submit", wrong.toString())).isEqualTo(2);
        assertThat(cluster.err()).contains("line ", "epochs");
        assertThat(cluster.run("submit", "fashion-mnist-smal")).isEqualTo(2);
        assertThat(cluster.err()).contains("did you mean fashion-mnist-small");
    }

    @Test
    void importedEnsemble_isNotTrained() throws Exception {
        List<ImportedEnsemble.Part> members = new ArrayList<>();
        for (String digit : List.of("1", "2", "3", "4")) {
            members.add(new ImportedEnsemble.Part(
                    digit + ".pt", digit.repeat(64), MemberFile.Kind.TORCHSCRIPT, InputRange.PIXELS));
        }
        ImportedEnsembleFiles files =
                new ImportedEnsembleFiles(new DirectoryModelStore(directory.resolve("work/store")));
        files.save(
                "mine",
                new ImportedEnsemble("polyphony-imported-ensemble-1", "fashion-mnist-small", members),
                List.of());
        Path recipe = Files.writeString(
                directory.resolve("imported.yaml"),
                RecipeCatalogue.yaml(RECIPE)
                        .replaceFirst("(?s)ensemble:.*?stream:", "ensemble: {imported: mine, size: 4}\nstream:"));

        assertThat(cluster.run("submit", recipe.toString())).as(cluster.err()).isZero();
        assertThat(cluster.out())
                .doesNotContain("Job ensemble-")
                .contains("Job student-trainer-", "the cluster's store must hold it, too, in imported/mine");
    }

    @Test
    void unknownContext_isAMistake() {
        assertThat(cluster.run("submit", RECIPE, "--context", "prod")).isEqualTo(2);
        assertThat(cluster.err()).contains("the kubeconfig has no context prod; it has kind");
    }

    @Test
    void clusterThatDoesNotAnswer_isAMistake() {
        cluster.server().shutdown();
        assertThat(cluster.run("submit", RECIPE)).isEqualTo(2);
        assertThat(cluster.err().lines())
                .singleElement()
                .asString()
                .contains("the cluster at http://", "does not answer", "kubectl cluster-info");
    }

    @Test
    void dryRun_printsTheObjectsAndAsksNobody() {
        int before = cluster.server().getRequestCount();
        assertThat(cluster.run("submit", RECIPE, "--dry-run")).as(cluster.err()).isZero();
        assertThat(cluster.out())
                .startsWith("# recipe fashion-mnist-small, overlay cpu: ")
                .contains("name: \"student-trainer-" + identities(RECIPE).runId() + "\"", "kind: \"Kafka\"");
        assertThat(cluster.server().getRequestCount()).isEqualTo(before);
    }
}
