package dev.polyphony.launcher.delete;

import dev.polyphony.experiment.StreamParts;
import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.streams.Student;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ImportedEnsemble;
import dev.polyphony.models.store.StreamFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** An ensemble's members, their training and their scores. */
final class EnsembleDeletion implements Deletion {

    private final WorkDirectory work;
    private final String name;
    private final Predicate<StreamParts> taught;
    private final List<FileTree> files;

    private EnsembleDeletion(WorkDirectory work, String name, Predicate<StreamParts> taught, List<FileTree> files) {
        this.work = work;
        this.name = name;
        this.taught = taught;
        this.files = List.copyOf(files);
    }

    /** An ensemble that was trained here, or the scores of one that was not. */
    static EnsembleDeletion trained(WorkDirectory work, String ensembleId) {
        return new EnsembleDeletion(
                work,
                "ensemble " + ensembleId,
                parts -> parts.ensembleId().equals(ensembleId),
                List.of(new FileTree(work.store().resolve("ensembles").resolve(ensembleId))));
    }

    /** The members of an ensemble that was imported. Its name goes on to stand for them: identities need that. */
    static EnsembleDeletion imported(WorkDirectory work, String name, ImportedEnsemble ensemble) {
        List<FileTree> members = new ArrayList<>();
        for (int index = 0; index < ensemble.members().size(); index++) {
            for (String ending : new String[] {".pt", ".safetensors"}) {
                String file = "member-" + index + ending;
                members.add(new FileTree(
                        work.store().resolve("imported").resolve(name).resolve(file)));
                members.add(new FileTree(
                        work.store().resolve("imported").resolve(name).resolve(file + ".sha256")));
            }
        }
        return new EnsembleDeletion(
                work,
                "imported ensemble " + name,
                parts -> ensemble.fingerprints().equals(parts.ensemble().get("imported")),
                members);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return files.stream().mapToLong(FileTree::bytes).sum();
    }

    @Override
    public List<String> dependents() {
        StreamFiles streams = new StreamFiles(new DirectoryModelStore(work.store()));
        List<String> dependents = new ArrayList<>();
        List<Student> students = Student.all(work);
        for (String streamId : streams.identities()) {
            if (streams.find(streamId).filter(taught).isPresent()) {
                dependents.add("stream " + streamId
                        + ": if it is complete it can still be replayed, otherwise the rest needs the ensemble again");
                students.stream()
                        .filter(student -> student.streamId().equals(streamId))
                        .forEach(student -> dependents.add("run " + student.runId() + " ("
                                + student.state().words()
                                + "): further scores and figures of it would lack the ensemble"));
            }
        }
        return dependents;
    }

    @Override
    public void execute() {
        files.forEach(FileTree::delete);
    }
}
