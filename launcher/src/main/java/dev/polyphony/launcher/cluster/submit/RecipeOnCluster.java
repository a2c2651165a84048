package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.datasets.DownloadProgress;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterNamespace;
import dev.polyphony.launcher.cluster.ClusterSession;
import dev.polyphony.launcher.run.DownloadBar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recipe, the manifests it is to run by, and where. */
final class RecipeOnCluster {

    private final String recipe;
    private final Overlay overlay;
    private final ClusterNamespace place;
    private final PrintWriter out;

    /**
     * @param recipe a shipped recipe's name, or a file
     * @param out told what is done
     */
    RecipeOnCluster(String recipe, Overlay overlay, ClusterNamespace place, PrintWriter out) {
        this.recipe = recipe;
        this.overlay = overlay;
        this.place = place;
        this.out = out;
    }

    /** Prints the objects. */
    void print(Path data, ImportedEnsembles imported) {
        SubmittedRecipe submitted = open(data, imported, DownloadProgress.NONE);
        List<HasMetadata> objects = objects(submitted);
        out.println("# " + headline(submitted));
        Submission.ordered(objects).forEach(object -> out.print(Serialization.asYaml(object)));
        out.flush();
    }

    /**
     * Applies the objects.
     *
     * @throws LauncherMistake if the recipe, the overlay or the cluster does not allow it; then nothing was applied, as
     *     far as that could be known
     */
    void submit(Path data, ImportedEnsembles imported) {
        SubmittedRecipe submitted;
        try (DownloadBar bar = DownloadBar.onScreen()) {
            submitted = open(data, imported, bar);
        }
        List<HasMetadata> objects = objects(submitted);
        try (ClusterSession session = ClusterSession.open(place)) {
            out.println(headline(submitted));
            new Submission(session, out).apply(objects);
        }
        tellWhatFollows(submitted);
        out.flush();
    }

    private SubmittedRecipe open(Path data, ImportedEnsembles imported, DownloadProgress progress) {
        Experiment experiment = Experiment.open(recipe, data, imported, progress);
        return new SubmittedRecipe(experiment.recipe(), text(), experiment.identities());
    }

    private String text() {
        if (RecipeCatalogue.names().contains(recipe)) {
            return RecipeCatalogue.yaml(recipe);
        }
        try {
            return Files.readString(Path.of(recipe));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + recipe, e);
        }
    }

    private List<HasMetadata> objects(SubmittedRecipe submitted) {
        Object rendered = new KubernetesSerialization().<Object>unmarshal(overlay.render(Overlay.KUBECTL));
        List<?> all = rendered instanceof List<?> several ? several : List.of(rendered);
        List<HasMetadata> objects = new ArrayList<>();
        for (Object object : all) {
            if (!(object instanceof HasMetadata known)) {
                throw new LauncherMistake("the overlay " + overlay.folder() + " renders something that is no object: "
                        + (object instanceof KubernetesResource
                                ? object.getClass().getSimpleName()
                                : object));
            }
            objects.add(known);
        }
        return new Tailor(submitted, overlay.name(), place.name()).tailor(objects);
    }

    private String headline(SubmittedRecipe submitted) {
        Identities ids = submitted.identities();
        return "recipe " + submitted.recipe().name() + ", overlay " + overlay.name() + ": data set " + ids.datasetId()
                + ", ensemble " + ids.ensembleId() + ", stream " + ids.streamId() + ", run " + ids.runId();
    }

    private void tellWhatFollows(SubmittedRecipe submitted) {
        String run = submitted.identities().runId();
        if (submitted.recipe().ensemble() instanceof EnsemblePart.Imported ensemble) {
            out.println("ensemble " + ensemble.imported() + " was imported: the cluster's store must hold it, too, in"
                    + " imported/" + ensemble.imported());
        }
        out.println("it goes on by itself. To follow it:");
        out.println("  polyphony status " + place.options());
        out.println("  polyphony logs " + run + " " + place.options() + " --follow");
        out.println("  polyphony fetch " + run + " " + place.options());
    }
}
