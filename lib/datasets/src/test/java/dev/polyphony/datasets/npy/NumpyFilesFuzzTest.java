package dev.polyphony.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.fuzz.Fuzz;
import dev.polyphony.fuzz.Limits;
import dev.polyphony.fuzz.Mutant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever an array file holds, it is read or refused with one message. */
class NumpyFilesFuzzTest {

    /** The elements once as they come and once in one piece; a header is text beside its bytes. */
    private static final Limits LIMITS = new Limits(InvalidNpyException.class, 8);

    /** The directory of an archive names each entry in some fifty bytes, an object each. */
    private static final Limits ARCHIVE = new Limits(InvalidNpyException.class, 16);

    /** One deflated byte stands for at most so many. */
    private static final long DEFLATE_RATIO = 1_032;

    private static Path file = Path.of("");

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("arrays", ".npz");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    private static Map<String, NpyArray> samples() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("bytes", NpyArray.ofBytes(new byte[24], 2, 3, 4));
        arrays.put("floats", NpyArray.ofFloats(new float[] {1, 2, Float.NaN}, 3));
        arrays.put("scalar", NpyArray.ofDoubles(new double[] {0.5}));
        arrays.put("empty", NpyArray.ofInts(new int[0], 0, 5));
        return arrays;
    }

    @Provide
    static Arbitrary<Mutant> arrays() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Map.Entry<String, NpyArray> sample : samples().entrySet()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Npy.write(sample.getValue(), out);
            files.put(sample.getKey(), out.toByteArray());
        }
        return Mutant.of(files);
    }

    @Fuzz
    void npy(@ForAll("arrays") Mutant mutant) {
        note(LIMITS.areKept(mutant.bytes().length, () -> {
            NpyArray array = Npy.read("a.npy", new ByteArrayInputStream(mutant.bytes()));
            assertThat(array.toFloats()).hasSize(array.count());
        }));
    }

    @Fuzz
    void mappedNpy(@ForAll("arrays") Mutant mutant) throws IOException {
        Files.write(file, mutant.bytes());
        note(LIMITS.areKept(mutant.bytes().length, () -> Npy.map(file)));
    }

    @Provide
    static Arbitrary<Mutant> archives() throws IOException {
        Path written = Files.createTempFile("sample", ".npz");
        try {
            Npz.write(written, samples());
            return Mutant.of(Map.of("archive", Files.readAllBytes(written)));
        } finally {
            Files.delete(written);
        }
    }

    /** The archive itself is damaged. */
    @Fuzz
    void npz(@ForAll("archives") Mutant mutant) throws IOException {
        check(mutant.bytes(), mutant.bytes().length * DEFLATE_RATIO);
    }

    /** A whole archive of a damaged array. */
    @Fuzz
    void arrayInNpz(@ForAll("arrays") Mutant mutant) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(mutant.bytes());
        }
        check(out.toByteArray(), mutant.bytes().length);
    }

    private static void check(byte[] archive, long unpacked) throws IOException {
        Files.write(file, archive);
        note(ARCHIVE.areKept(unpacked, () -> Npz.read(file)));
    }

    private static void note(boolean accepted) {
        Statistics.collect(accepted);
        Statistics.coverage(both -> {
            both.check(true).count(count -> count > 0);
            both.check(false).count(count -> count > 0);
        });
    }
}
