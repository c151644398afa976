package store

const movingMark = "moving "
