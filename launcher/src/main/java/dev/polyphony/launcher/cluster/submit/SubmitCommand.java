package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.cluster.ClusterNamespace;
import dev.polyphony.launcher.cluster.NamespaceOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony submit}: a recipe on a cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Apply to a Kubernetes cluster what a recipe needs there, and return.",
            "What other recipes of the namespace share with it is shared: the ensemble, the recorded stream, Kafka. What is"
                    + " trained or learned already is left alone. 'status', 'logs' and 'fetch' follow with --namespace."
        })
public final class SubmitCommand implements Runnable {

    @Parameters(paramLabel = "RECIPE", description = "A name from 'polyphony recipes', or a YAML file.")
    private String recipe = "";

    @Mixin
    private NamespaceOption namespace = new NamespaceOption();

    @Option(
            names = "--overlay",
            paramLabel = "OVERLAY",
            defaultValue = "cpu",
            description =
                    "Which of k8s/overlays: cpu, gpu or production; or a directory with a kustomization of your own,"
                            + " built on one of them. ${DEFAULT-VALUE} otherwise.")
    private String overlay = "cpu";

    @Option(names = "--dry-run", description = "Print the objects as YAML; ask no cluster.")
    private boolean dryRun;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where downloaded data sets lie; data in the work directory otherwise. The checksums of the data"
                            + " are part of the identities.")
    private @Nullable Path data;

    @Mixin
    private WorkOption work = new WorkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        ClusterNamespace place = namespace.namespace();
        Overlay manifests = Overlay.find(overlay, WorkOption.home());
        Path images = data == null ? work.directory().data() : data;
        PrintWriter out = spec.commandLine().getOut();
        RecipeOnCluster objects = new RecipeOnCluster(recipe, manifests, place, out);
        if (dryRun) {
            objects.print(images, work.directory().imported());
        } else {
            objects.submit(images, work.directory().imported());
        }
    }
}
