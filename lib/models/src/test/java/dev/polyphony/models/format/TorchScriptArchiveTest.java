package dev.polyphony.models.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.models.Modules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptArchiveTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(byte[] bytes) {
        try {
            return Files.write(directory.resolve("member.pt"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traced.pt", "scripted.pt", "frozen.pt"})
    void modules_pass(String name) {
        assertThat(TorchScriptArchive.looksLikePyTorch(Modules.bytes(name))).isTrue();
        assertThatCode(() -> TorchScriptArchive.require(Modules.path(name), name))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state-dict.pt", "old-state-dict.pt"})
    void pickles_areRefusedWithTheRemedy(String name) {
        assertThat(TorchScriptArchive.looksLikePyTorch(Modules.bytes(name))).isTrue();
        assertThatThrownBy(() -> TorchScriptArchive.require(Modules.path(name), "mine"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("mine: pickled by torch.save")
                .hasMessageContaining("torch.jit.trace(model.eval(), images)");
    }

    @Test
    void safetensors_lookOtherwise() {
        assertThat(TorchScriptArchive.looksLikePyTorch(Modules.bytes("native-0.safetensors")))
                .isFalse();
        assertThat(TorchScriptArchive.looksLikePyTorch(new byte[0])).isFalse();
    }

    @Test
    void damage_isRefused() throws IOException {
        byte[] whole = Modules.bytes("traced.pt");
        assertThatThrownBy(() -> TorchScriptArchive.require(file(Arrays.copyOf(whole, whole.length / 2)), "cut"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("cut: a damaged zip archive");
        byte[] flipped = whole.clone();
        flipped[200] ^= 1;
        assertThatThrownBy(() -> TorchScriptArchive.require(file(flipped), "flipped"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("flipped: a damaged zip archive");
    }

    @Test
    void otherArchives_andBombs_areRefused() throws IOException {
        assertThatThrownBy(() -> TorchScriptArchive.require(file(zip("a/readme.txt", 10)), "other"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("other: a zip archive without TorchScript's code");
        byte[] bomb = zip("a/code/__torch__.py", 70 << 20);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> TorchScriptArchive.require(file(bomb), "bomb"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("unpack to more than");
    }

    private static byte[] zip(String name, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[size]);
        }
        return bytes.toByteArray();
    }
}
