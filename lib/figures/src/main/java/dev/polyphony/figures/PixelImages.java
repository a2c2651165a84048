package dev.polyphony.figures;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.batik.svggen.DOMTreeManager;
import org.apache.batik.svggen.GenericImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.w3c.dom.Element;

/** Puts an image into an SVG file as it is, one pixel a pixel; the viewer enlarges without smoothing. */
final class PixelImages implements GenericImageHandler {

    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    public void setDOMTreeManager(DOMTreeManager domTreeManager) {}

    @Override
    public Element createElement(SVGGeneratorContext context) {
        return context.getDOMFactory().createElementNS("http://www.w3.org/2000/svg", "image");
    }

    @Override
    public java.awt.geom.AffineTransform handleImage(
            Image image, Element element, int x, int y, int width, int height, SVGGeneratorContext context) {
        return handleImage((RenderedImage) (BufferedImage) image, element, x, y, width, height, context);
    }

    @Override
    public java.awt.geom.AffineTransform handleImage(
            RenderedImage image, Element element, int x, int y, int width, int height, SVGGeneratorContext context) {
        try {
            String data = Base64.getEncoder().encodeToString(PngFile.encode(image));
            element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        element.setAttributeNS(null, "x", Integer.toString(x));
        element.setAttributeNS(null, "y", Integer.toString(y));
        element.setAttributeNS(null, "width", Integer.toString(width));
        element.setAttributeNS(null, "height", Integer.toString(height));
        element.setAttributeNS(null, "preserveAspectRatio", "none");
        element.setAttributeNS(null, "style", "image-rendering:optimizeSpeed;image-rendering:pixelated");
        return new java.awt.geom.AffineTransform();
    }

    @Override
    public java.awt.geom.AffineTransform handleImage(
            RenderableImage image,
            Element element,
            double x,
            double y,
            double width,
            double height,
            SVGGeneratorContext context) {
        throw new UnsupportedOperationException("Figures draw buffered images only");
    }
}
