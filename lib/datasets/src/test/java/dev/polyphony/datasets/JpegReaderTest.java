package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JpegReaderTest {

    private static final ImageShape SHAPE = new ImageShape(3, 64, 64);

    private final JpegReader reader = new JpegReader();
    private final byte[] pixels = new byte[SHAPE.pixels()];

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void colours_liveInPlanes_rowByRow() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        TinyImages.fill(image, new Color(200, 100, 50), 0, 0, 64, 64);
        TinyImages.fill(image, new Color(20, 30, 240), 32, 0, 32, 16);

        reader.read("a.JPEG", TinyImages.jpeg(image), SHAPE, pixels);

        assertPixel(40, 20, 200, 100, 50);
        assertPixel(8, 8, 200, 100, 50);
        assertPixel(8, 48, 20, 30, 240);
        assertPixel(48, 8, 200, 100, 50);
    }

    @Test
    void greyImage_hasThreeEqualChannels_asDarkAsInTheFile() throws IOException {
        reader.read("grey.JPEG", TinyImages.grey(100), SHAPE, pixels);

        byte[] expected = new byte[SHAPE.pixels()];
        Arrays.fill(expected, (byte) 100);
        assertThat(pixels).isEqualTo(expected);
    }

    @Test
    void imageOfAnotherSize_isRefused() throws IOException {
        byte[] content = TinyImages.jpeg(new BufferedImage(64, 32, BufferedImage.TYPE_3BYTE_BGR));

        refused(content).hasMessage("a.JPEG: an image of 32 x 64 pixels; right is 64 x 64");
    }

    @Test
    void sizeThatIsPromised_isNotReserved() throws IOException {
        byte[] content = TinyImages.plain(Color.RED);
        int frame = indexOf(content, (byte) 0xff, (byte) 0xc0);
        Arrays.fill(content, frame + 5, frame + 9, (byte) 0xf0);

        refused(content).hasMessageContaining("an image of 61680 x 61680 pixels");
    }

    @Test
    void otherFiles_areRefused() throws IOException {
        refused(new byte[0]).hasMessageContaining("cannot be read as a JPEG file");
        refused("no image".getBytes(StandardCharsets.US_ASCII)).hasMessageContaining("cannot be read as a JPEG file");
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR), "png", png);
        refused(png.toByteArray()).hasMessageContaining("cannot be read as a JPEG file");
    }

    @Test
    void everyTruncation_isRefused_andTheNextFileIsRead() throws IOException {
        byte[] whole = noise();
        for (int length = 0; length < whole.length - 1; length += 13) {
            refused(Arrays.copyOf(whole, length));
        }

        reader.read("grey.JPEG", TinyImages.grey(7), SHAPE, pixels);

        assertThat(pixels[5]).isEqualTo((byte) 7);
    }

    @Test
    void truncationThatIsClosedProperly_isRefused() throws IOException {
        byte[] part = Arrays.copyOf(noise(), 1_500);
        part[1_498] = (byte) 0xff;
        part[1_499] = (byte) 0xd9;

        refused(part).hasMessageContaining("damaged JPEG data (");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] content) {
        return assertThatThrownBy(() -> reader.read("a.JPEG", content, SHAPE, pixels))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("a.JPEG: ");
    }

    private static byte[] noise() throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, random.nextInt());
        }
        return TinyImages.jpeg(image);
    }

    private static int indexOf(byte[] content, byte first, byte second) {
        int i = 0;
        while (content[i] != first || content[i + 1] != second) {
            i++;
        }
        return i;
    }

    private void assertPixel(int row, int column, int red, int green, int blue) {
        int[] expected = {red, green, blue};
        for (int channel = 0; channel < 3; channel++) {
            int value = Byte.toUnsignedInt(pixels[channel * 4096 + row * 64 + column]);
            assertThat(value).isCloseTo(expected[channel], Offset.offset(4));
        }
    }
}
