package dev.polyphony.models.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * Asks the engine for kernels that give the same bits each time, where it has such (PyTorch,
 * {@code torch.use_deterministic_algorithms} and {@code torch.backends.cudnn.deterministic}). On a processor all that
 * this program uses are. On a GPU cuDNN otherwise takes what it finds fastest, and some of that adds in any order.
 *
 * <p>DJL does not pass the switches on, so they are called in the library that it has loaded, by their C++ names.
 */
final class DeterministicKernels {

    private static final String CONTEXT = "_ZN2at13globalContextEv";
    private static final String ALGORITHMS = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
    private static final String CUDNN = "_ZN2at7Context21setDeterministicCuDNNEb";
    private static final String ARE_ON = "_ZNK2at7Context23deterministicAlgorithmsEv";

    private DeterministicKernels() {}

    /** Asks for them, or no longer; an operation that has none then only warns. */
    static void demand(boolean on) {
        Pointer context = context();
        boolean onlyWarn = true;
        function(ALGORITHMS).invokeVoid(new Object[] {context, on, onlyWarn});
        function(CUDNN).invokeVoid(new Object[] {context, on});
    }

    static boolean areDemanded() {
        return (function(ARE_ON).invokeInt(new Object[] {context()}) & 1) == 1;
    }

    private static Pointer context() {
        return function(CONTEXT).invokePointer(new Object[0]);
    }

    private static Function function(String name) {
        // The engine has loaded this file: opening it again gives the same library, with the same switches.
        Engine.getInstance();
        Path library = Path.of(LibUtils.getLibtorchPath()).resolve(System.mapLibraryName("torch_cpu"));
        return NativeLibrary.getInstance(library.toString()).getFunction(name);
    }
}
