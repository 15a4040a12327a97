// Written by core/language/train/train.py; do not edit.

/// What one step of a weight is worth.
pub(super) const SCALE: f32 = 0.1310;
/// What each label has without any words.
pub(super) const BIAS: [f32; super::LABELS] =
    [-0.7448, 0.4722, 0.5681, 0.4782, 0.1874, -0.1291, -3.734, -2.32, -1.654, -1.601, 5.46, 3.24];
/// How often the first guess was right on sentences held out of training, by its score.
pub(super) const CALIBRATION: [(f32, f32); 8] = [
    (0.457, 0.47),
    (0.552, 0.684),
    (0.655, 0.684),
    (0.749, 0.848),
    (0.854, 0.896),
    (0.936, 0.963),
    (0.979, 0.982),
    (0.997, 0.993),
];
