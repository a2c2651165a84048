package dev.polyphony.models.store;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.UnknownEnsembleException;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The imported ensembles of a model store. A name stands for the same members for ever.
 *
 * @param store where they lie
 */
public record ImportedEnsembleFiles(ModelStore store) implements ImportedEnsembles {

    /** The ensemble of this name, if one was imported. */
    public Optional<ImportedEnsemble> find(String name) {
        return store.find(description(name))
                .map(file -> ImportedEnsemble.decode(store.get(file.address(), file.sha256()), file.address()));
    }

    /**
     * Keeps an ensemble: its members first, so that one that can be found is whole.
     *
     * @param files the members' files, in the order of the ensemble's members
     */
    public void save(String name, ImportedEnsemble ensemble, List<MemberFile> files) {
        for (int index = 0; index < files.size(); index++) {
            store.put(
                    member(name, index, files.get(index).kind()),
                    files.get(index).bytes());
        }
        store.put(description(name), ensemble.encode());
    }

    /** Whether an ensemble was imported under this name and still has its members. */
    public boolean isThere(String name) {
        return find(name).filter(ensemble -> hasMembers(name, ensemble)).isPresent();
    }

    private boolean hasMembers(String name, ImportedEnsemble ensemble) {
        List<ImportedEnsemble.Part> members = ensemble.members();
        return IntStream.range(0, members.size())
                .allMatch(index ->
                        store.has(member(name, index, members.get(index).kind())));
    }

    @Override
    public List<String> fingerprints(EnsemblePart.Imported part, DatasetPart dataset) {
        return wanted(part, dataset.name()).fingerprints();
    }

    /**
     * All members, owned by the caller.
     *
     * @throws UnknownEnsembleException if it has not been imported, or has another size
     */
    Ensemble load(NDManager manager, EnsemblePart.Imported part, ImageInput input) {
        ImportedEnsemble ensemble = find(part);
        List<Member> members = new ArrayList<>();
        for (ImportedEnsemble.Part member : ensemble.members()) {
            String address = member(part.imported(), members.size(), member.kind());
            MemberFile file = new MemberFile(address, store.get(address, member.sha256()));
            members.add(file.open(manager, input, member.input()));
        }
        return new Ensemble(members);
    }

    private ImportedEnsemble wanted(EnsemblePart.Imported part, String dataset) {
        ImportedEnsemble ensemble = find(part);
        if (!ensemble.dataset().equals(dataset)) {
            throw new UnknownEnsembleException("ensemble " + part.imported() + " was imported for "
                    + ensemble.dataset() + ", the recipe's data set is " + dataset
                    + ": import it under another name for that");
        }
        return ensemble;
    }

    private ImportedEnsemble find(EnsemblePart.Imported part) {
        String name = part.imported();
        ImportedEnsemble ensemble = find(name)
                .orElseThrow(() -> new UnknownEnsembleException("no ensemble has been imported as " + name
                        + " into this work directory: polyphony import MEMBER_FILE... --as " + name + " --dataset D"));
        int size = ensemble.members().size();
        if (size != part.size()) {
            throw new UnknownEnsembleException("ensemble " + name + " has " + size
                    + (size == 1 ? " member" : " members") + ", the recipe's ensemble.size is " + part.size());
        }
        return ensemble;
    }

    private static String description(String name) {
        return "imported/" + name + "/ensemble.json";
    }

    private static String member(String name, int index, MemberFile.Kind kind) {
        return "imported/" + name + "/member-" + index + "." + kind.ending();
    }
}
