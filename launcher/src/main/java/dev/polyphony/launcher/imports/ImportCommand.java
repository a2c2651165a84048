package dev.polyphony.launcher.imports;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.DatasetCatalog;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.run.DownloadBar;
import dev.polyphony.models.InputRange;
import dev.polyphony.models.engine.EngineStart;
import dev.polyphony.models.store.ImportedEnsemble;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.MemberFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code polyphony import}: an ensemble trained elsewhere, under a name that recipes use. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Check and score networks trained elsewhere, and keep them as an ensemble that recipes can name.",
            "A MEMBER_FILE is a TorchScript module (.pt) or a model file as 'polyphony export model' writes it.",
            "This runs the code in TorchScript files: import only files from people you trust."
        })
public final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "MEMBER_FILE", arity = "1..*", description = "The members, in their order.")
    private List<Path> members = new ArrayList<>();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "NAME",
            description = "Name for recipes: lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(names = "--dataset", required = true, paramLabel = "D", description = "Data set they were trained for.")
    private String dataset = "";

    @Option(
            names = "--input",
            paramLabel = "pixels|normalised",
            converter = RangeConverter.class,
            defaultValue = "pixels",
            description =
                    "What TorchScript modules take: pixels in [0, 1] (so unless said otherwise), or these minus the"
                            + " data set's mean, divided by its standard deviation.")
    private InputRange range = InputRange.PIXELS;

    @Mixin
    private WorkOption work = new WorkOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where downloaded data sets lie; data in the work directory otherwise.")
    private @Nullable Path data;

    @Override
    public void run() {
        if (!EnsemblePart.Imported.isName(name)) {
            throw new LauncherMistake("--as takes a name of lower-case letters, digits and hyphens, not " + name);
        }
        if (members.size() > EnsemblePart.LARGEST) {
            throw new LauncherMistake("an ensemble has at most " + EnsemblePart.LARGEST + " members, here are "
                    + members.size() + " files");
        }
        List<MemberFile> files = members.stream().map(MemberFile::read).toList();
        ImportedEnsemble ensemble = ImportedEnsemble.of(dataset, files, range);
        ImportedEnsembleFiles imported = work.directory().imported();
        // One whose members were deleted gets them back under the same name.
        boolean known = isKnown(imported, ensemble) && imported.isThere(name);
        EnsembleScores scores = score(files);
        if (!known) {
            imported.save(name, ensemble, files);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(scores);
        out.printf(
                "%nensemble %s %s in %s%nIn a recipe for %s: ensemble: {imported: %s, size: %d}%n",
                name, known ? "was there already," : "is now", work.directory().store(), dataset, name, files.size());
        out.flush();
    }

    private boolean isKnown(ImportedEnsembleFiles imported, ImportedEnsemble ensemble) {
        return imported.find(name)
                .map(earlier -> {
                    if (!earlier.isSameAs(ensemble)) {
                        throw new LauncherMistake("the name " + name + " stands for other members, imported for "
                                + earlier.dataset() + "; choose another");
                    }
                    return true;
                })
                .orElse(false);
    }

    private EnsembleScores score(List<MemberFile> files) {
        Dataset opened;
        try (DownloadBar bar = DownloadBar.onScreen()) {
            Path directory = data == null ? work.directory().data() : data.toAbsolutePath();
            opened = DatasetCatalog.open(new DatasetPart(dataset, DatasetPart.Augmentation.NONE, 0), directory, bar);
        }
        try (NDManager manager = EngineStart.manager(true)) {
            Audition audition = new Audition(manager, opened, range);
            PrintWriter out = spec.commandLine().getOut();
            for (MemberFile file : files) {
                audition.hear(file);
                out.println("member " + files.indexOf(file) + ": " + file.source());
                out.flush();
            }
            return audition.scores();
        }
    }

    /** The words as recipes and help spell them. */
    private static final class RangeConverter implements ITypeConverter<InputRange> {

        @Override
        public InputRange convert(String text) {
            for (InputRange range : InputRange.values()) {
                if (range.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return range;
                }
            }
            throw new TypeConversionException("expected pixels or normalised, not " + text);
        }
    }
}
