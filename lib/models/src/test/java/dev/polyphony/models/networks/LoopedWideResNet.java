package dev.polyphony.models.networks;

import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A plain wide residual network in evaluation mode for one image, with loops and doubles, written from the definition:
 * independently of the network's code.
 */
final class LoopedWideResNet {

    private final Architecture architecture;
    private final Map<String, float[]> tensors = new HashMap<>();

    LoopedWideResNet(WideResNet network, Weights weights) {
        architecture = network.architecture();
        name(network.parameters(), weights.parameters().toFloatArray());
        name(network.statistics(), weights.statistics().toFloatArray());
    }

    private void name(Layout layout, float[] flat) {
        for (Entry entry : layout.entries()) {
            int start = (int) entry.offset();
            tensors.put(entry.name(), Arrays.copyOfRange(flat, start, start + (int) entry.size()));
        }
    }

    /** Logits of one image, pixels [C, H, W]. */
    double[] logits(float[] pixels) {
        ImageInput input = architecture.input();
        double[][][] maps = new double[input.channels()][input.height()][input.width()];
        int at = 0;
        for (int c = 0; c < maps.length; c++) {
            for (double[] row : maps[c]) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (pixels[at++] - input.mean().get(c))
                            / input.standardDeviation().get(c);
                }
            }
        }
        maps = convolved(maps, "stem", 3, architecture.stemStride());
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 0; block < (architecture.depth() - 4) / 6; block++) {
                maps = block(maps, "stage" + stage + ".block" + block, stage > 1 && block == 0 ? 2 : 1);
            }
        }
        return linear(active(maps, "final.bn"));
    }

    private double[][][] block(double[][][] maps, String name, int stride) {
        double[][][] hidden = convolved(active(maps, name + ".bn1"), name + ".conv1", 3, stride);
        double[][][] sum = convolved(active(hidden, name + ".bn2"), name + ".conv2", 3, 1);
        double[][][] shortcut = tensors.containsKey(name + ".projection.weight")
                ? convolved(maps, name + ".projection", 1, stride)
                : maps;
        for (int c = 0; c < sum.length; c++) {
            for (int y = 0; y < sum[c].length; y++) {
                for (int x = 0; x < sum[c][y].length; x++) {
                    sum[c][y][x] += shortcut[c][y][x];
                }
            }
        }
        return sum;
    }

    private double[][][] active(double[][][] maps, String name) {
        double[][][] result = new double[maps.length][maps[0].length][maps[0][0].length];
        for (int c = 0; c < maps.length; c++) {
            double deviation = Math.sqrt(tensor(name + ".variance")[c] + 1e-5);
            for (int y = 0; y < maps[c].length; y++) {
                for (int x = 0; x < maps[c][y].length; x++) {
                    double standard = (maps[c][y][x] - tensor(name + ".mean")[c]) / deviation;
                    result[c][y][x] = Math.max(0, standard * tensor(name + ".gamma")[c] + tensor(name + ".beta")[c]);
                }
            }
        }
        return result;
    }

    private double[][][] convolved(double[][][] maps, String name, int kernel, int stride) {
        float[] weight = tensor(name + ".weight");
        int outputs = weight.length / (maps.length * kernel * kernel);
        int height = (maps[0].length + stride - 1) / stride;
        int width = (maps[0][0].length + stride - 1) / stride;
        double[][][] result = new double[outputs][height][width];
        for (int o = 0; o < outputs; o++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int first = o * maps.length * kernel * kernel;
                    result[o][y][x] = window(maps, weight, first, kernel, y * stride, x * stride);
                }
            }
        }
        return result;
    }

    private static double window(double[][][] maps, float[] weight, int first, int kernel, int centreY, int centreX) {
        double sum = 0;
        int at = first;
        for (double[][] map : maps) {
            for (int y = centreY - kernel / 2; y <= centreY + kernel / 2; y++) {
                for (int x = centreX - kernel / 2; x <= centreX + kernel / 2; x++) {
                    boolean inside = y >= 0 && x >= 0 && y < map.length && x < map[0].length;
                    sum += inside ? weight[at] * map[y][x] : 0;
                    at++;
                }
            }
        }
        return sum;
    }

    private double[] linear(double[][][] maps) {
        double[] logits = new double[architecture.input().classes()];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = tensor("head.bias")[k];
            for (int f = 0; f < maps.length; f++) {
                double mean = Arrays.stream(maps[f])
                        .flatMapToDouble(Arrays::stream)
                        .average()
                        .orElseThrow();
                logits[k] += tensor("head.weight")[k * maps.length + f] * mean;
            }
        }
        return logits;
    }

    private float[] tensor(String name) {
        float[] tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException(name);
        }
        return tensor;
    }
}
