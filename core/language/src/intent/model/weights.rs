// Written by core/language/train/train.py; do not edit.

/// What one step of a weight is worth.
pub(super) const SCALE: f32 = 0.119947;
/// What each label has without any words.
pub(super) const BIAS: [f32; super::LABELS] =
    [-0.4423, 0.5926, 0.7595, 0.3353, 0.3738, -0.1006, -3.32, -3.068, -1.202, -2.001, 5.061, 3.235];
/// How often the first guess was right on sentences held out of training, by its score.
pub(super) const CALIBRATION: [(f32, f32); 9] = [
    (0.368, 0.509),
    (0.458, 0.532),
    (0.554, 0.631),
    (0.652, 0.747),
    (0.753, 0.812),
    (0.857, 0.912),
    (0.935, 0.968),
    (0.979, 0.979),
    (0.997, 0.994),
];
