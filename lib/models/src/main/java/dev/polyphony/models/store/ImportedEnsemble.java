package dev.polyphony.models.store;

import dev.polyphony.models.InputRange;
import dev.polyphony.models.format.InvalidModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * What is known of an imported ensemble, as the store keeps it.
 *
 * @param format {@value #VERSION}
 * @param dataset name of the data set that it was checked and scored on
 * @param members in their order
 */
public record ImportedEnsemble(String format, String dataset, List<Part> members) {

    private static final String VERSION = "polyphony-imported-ensemble-1";

    /**
     * A member.
     *
     * @param file as it was called where it came from, for people
     * @param sha256 of the file
     * @param kind what the file is
     * @param input what the member takes for an image
     */
    public record Part(String file, String sha256, MemberFile.Kind kind, InputRange input) {

        /** What determines the member's outputs. */
        String fingerprint() {
            return input == InputRange.PIXELS ? sha256 : sha256 + " normalised";
        }
    }

    public ImportedEnsemble {
        members = List.copyOf(members);
    }

    /**
     * An ensemble of the members in these files.
     *
     * @param range what TorchScript modules take for an image; networks of ours take pixels
     * @throws InvalidModelFileException if two files hold the same
     */
    public static ImportedEnsemble of(String dataset, List<MemberFile> files, InputRange range) {
        Map<String, String> sources = new HashMap<>();
        List<Part> members = new ArrayList<>();
        for (MemberFile file : files) {
            String twin = sources.put(file.sha256(), file.source());
            if (twin != null) {
                throw new InvalidModelFileException(file.source(), "the same member as " + twin);
            }
            InputRange own = file.kind() == MemberFile.Kind.TORCHSCRIPT ? range : InputRange.PIXELS;
            members.add(new Part(Path.of(file.source()).getFileName().toString(), file.sha256(), file.kind(), own));
        }
        return new ImportedEnsemble(VERSION, dataset, members);
    }

    /** Whether both are the same members for the same data set. */
    public boolean isSameAs(ImportedEnsemble other) {
        return dataset.equals(other.dataset) && fingerprints().equals(other.fingerprints());
    }

    /** What determines the members' outputs, in their order. */
    public List<String> fingerprints() {
        return members.stream().map(Part::fingerprint).toList();
    }

    byte[] encode() {
        return ModelFile.JSON.writeValueAsBytes(this);
    }

    static ImportedEnsemble decode(byte[] bytes, String source) {
        try {
            ImportedEnsemble read = ModelFile.JSON.readValue(bytes, ImportedEnsemble.class);
            if (read.format.equals(VERSION)) {
                return read;
            }
            throw new InvalidModelFileException(source, "its format is " + read.format + ", expected " + VERSION);
        } catch (JacksonException e) {
            throw new InvalidModelFileException(source, "not what an import wrote: " + e.getOriginalMessage());
        }
    }
}
