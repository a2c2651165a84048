package dev.polyphony.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What NumPy writes is read, and what is written NumPy reads. */
class NumpyTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final Path directory;

    NumpyTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void assumeNumpy() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "there is no " + PYTHON);
        assumeTrue(
                python("import numpy").exit() == 0, PYTHON + " has no numpy (Debian: apt-get install python3-numpy)");
    }

    @Test
    void numpysArchives_areRead() throws Exception {
        run("""
                import numpy as np
                a = dict(u1=np.arange(6, dtype='u1').reshape(2, 3), i4=np.array([-1, 2], '<i4'),
                         i8=np.array([[-5]], '<i8'), f2=np.array([0.5, -2, np.inf], '<f2'),
                         f4=np.array([0.1], '<f4'), f8=np.float64(0.1), none=np.zeros((0, 4), '<f4'))
                np.savez('plain.npz', **a)
                np.savez_compressed('small.npz', **a)
                np.save('one.npy', a['u1'])
                """);

        Map<String, NpyArray> plain = Npz.read(directory.resolve("plain.npz"));

        assertThat(plain).containsOnlyKeys("u1", "i4", "i8", "f2", "f4", "f8", "none");
        assertThat(get(plain, "u1").toInts()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(get(plain, "u1").shape()).containsExactly(2, 3);
        assertThat(get(plain, "i4").toInts()).containsExactly(-1, 2);
        assertThat(get(plain, "i8").toInts()).containsExactly(-5);
        assertThat(get(plain, "f2").toDoubles()).containsExactly(0.5, -2, Double.POSITIVE_INFINITY);
        assertThat(get(plain, "f4").toFloats()).containsExactly(0.1f);
        assertThat(get(plain, "f8").toDoubles()).containsExactly(0.1);
        assertThat(get(plain, "none").shape()).containsExactly(0, 4);
        assertThat(Npz.read(directory.resolve("small.npz"))).isEqualTo(plain);
        assertThat(Npy.read(directory.resolve("one.npy"))).isEqualTo(plain.get("u1"));
    }

    @Test
    void ourArchives_areReadByNumpy() throws Exception {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("bytes", NpyArray.ofBytes(new byte[] {0, -1, 2, 3, 4, 5}, 3, 2));
        arrays.put("ints", NpyArray.ofInts(new int[] {-7, 8}, 2));
        arrays.put("floats", NpyArray.ofFloats(new float[] {0.1f}, 1, 1));
        arrays.put("scalar", NpyArray.ofDoubles(new double[] {0.1}));
        Npz.write(directory.resolve("ours.npz"), arrays);

        run("""
                import numpy as np
                a = np.load('ours.npz', allow_pickle=False)
                assert a.files == ['bytes', 'ints', 'floats', 'scalar'], a.files
                assert a['bytes'].dtype == 'u1' and a['bytes'].tolist() == [[0, 255], [2, 3], [4, 5]]
                assert a['ints'].dtype == '<i4' and a['ints'].tolist() == [-7, 8]
                assert a['floats'].dtype == '<f4' and a['floats'].shape == (1, 1) and a['floats'][0, 0] == np.float32(0.1)
                assert a['scalar'].shape == () and a['scalar'] == 0.1
                """);
    }

    private static NpyArray get(Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new AssertionError("no array " + name);
        }
        return array;
    }

    private void run(String program) throws Exception {
        Result result = python(program);
        assertThat(result.exit()).as(result.output()).isZero();
    }

    private Result python(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON.toString(), "-c", program)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exit, String output) {}
}
