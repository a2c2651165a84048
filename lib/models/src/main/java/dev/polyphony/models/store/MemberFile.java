package dev.polyphony.models.store;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Sha256;
import dev.polyphony.models.InputRange;
import dev.polyphony.models.Member;
import dev.polyphony.models.Network;
import dev.polyphony.models.NetworkMember;
import dev.polyphony.models.ScriptedMember;
import dev.polyphony.models.engine.ScriptedModule;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.TorchScriptArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one member of an ensemble, as its maker wrote it. */
public final class MemberFile {

    private final String source;
    private final byte[] bytes;
    private final Kind kind;

    /** What the file is. */
    public enum Kind {
        /** TorchScript: its own code and tensors. */
        TORCHSCRIPT("pt"),
        /** A {@link ModelFile}. */
        SAFETENSORS("safetensors");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }

        /** Of the file's name in a store. */
        String ending() {
            return ending;
        }
    }

    MemberFile(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
        this.kind = TorchScriptArchive.looksLikePyTorch(bytes) ? Kind.TORCHSCRIPT : Kind.SAFETENSORS;
    }

    /**
     * Reads a file; nothing in it is run yet.
     *
     * @throws InvalidModelFileException if it cannot be read
     */
    public static MemberFile read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new InvalidModelFileException(file.toString(), "there is no such file");
            }
            if (Files.size(file) > Integer.MAX_VALUE - 8) {
                throw new InvalidModelFileException(file.toString(), "larger than 2 GiB");
            }
            return new MemberFile(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidModelFileException(file.toString(), "cannot be read (" + e + ")");
        }
    }

    /** Names the file in messages. */
    public String source() {
        return source;
    }

    /** What the file is. */
    public Kind kind() {
        return kind;
    }

    /** SHA-256 of its bytes. */
    public String sha256() {
        return Sha256.of(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * The member, owned by the caller. Of a TorchScript file this runs the code.
     *
     * @param manager owns the member until it is closed; call outside any scope
     * @param input of the data set
     * @param range what a TorchScript module takes for an image; networks of ours take pixels
     * @throws InvalidModelFileException if the file is no member for such input
     */
    public Member open(NDManager manager, ImageInput input, InputRange range) {
        return switch (kind) {
            case TORCHSCRIPT -> new ScriptedMember(module(manager), input, range);
            case SAFETENSORS -> {
                ModelFile.Content content = ModelFile.read(manager, bytes, source);
                try {
                    requireMember(content.network(), input);
                    yield new NetworkMember(content.network(), content.weights());
                } catch (InvalidModelFileException e) {
                    content.close();
                    throw e;
                }
            }
        };
    }

    /** The engine makes modules that can be differentiated from files alone. */
    private ScriptedModule module(NDManager manager) {
        try {
            Path copy = Files.createTempFile("member", ".pt");
            try {
                Files.write(copy, bytes);
                TorchScriptArchive.require(copy, source);
                return ScriptedModule.load(manager, copy, source);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + source + " for the engine to read", e);
        }
    }

    private void requireMember(Network network, ImageInput wanted) {
        if (network.members() != 1) {
            throw new InvalidModelFileException(
                    source, "it is " + network.members() + " subnetworks in one; a member is a single network");
        }
        ImageInput input = network.input();
        if (!text(input).equals(text(wanted))) {
            throw new InvalidModelFileException(
                    source, "its network is for " + text(input) + ", the data set has " + text(wanted));
        }
    }

    private static String text(ImageInput input) {
        return input.channels() + " x " + input.height() + " x " + input.width() + " images of " + input.classes()
                + " classes";
    }
}
